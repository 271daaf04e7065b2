import type { JsonValue, Message } from '@tracellm/core'
import { bodyHash, type BodyHash } from './body-hash.ts'
import { canonicalJson, canonicalMessage } from './canonical-json.ts'

/** A text or JSON value that is kept once under the hash of its content. */
export interface Body {
  readonly hash: BodyHash
  /** Bytes of the canonical JSON, without those of `parts`. */
  readonly length: number
  /** Long media data and results of tools of a message, in the order of its parts: bodies of their own. */
  readonly parts: readonly Body[]
  /** The canonical JSON as UTF-8; written anew once it was let go of. */
  bytes(): Uint8Array
  /** Lets go of the bytes: who reads it knows them. */
  forgetBytes(): void
  /** The number of the last batch it was sent in, and its place there: a note of the sender's. */
  sentInBatch: number
  placeInBatch: number
}

/** A body of any JSON value. */
export function bodyOfValue(value: JsonValue): Body {
  const write = (): string => canonicalJson(value)
  return new WrittenBody(write(), write, none)
}

/** A body of one message. */
export function bodyOfMessage(message: Message): Body {
  const parts: Body[] = []
  const text = canonicalMessage(message, (long) => parts[parts.push(bodyOfValue(long)) - 1]!.hash)
  const writeAgain = (): string => {
    let next = 0
    return canonicalMessage(message, () => parts[next++]!.hash)
  }
  return new WrittenBody(text, writeAgain, parts.length === 0 ? none : parts)
}

const none: readonly Body[] = []

/** Lets go of the bytes it was hashed by as soon as it may: a history is kept as messages, not as texts beside them. */
class WrittenBody implements Body {
  readonly hash: BodyHash
  readonly length: number
  readonly parts: readonly Body[]
  readonly #write: () => string
  #bytes: Uint8Array | undefined
  sentInBatch = 0
  placeInBatch = 0

  constructor(text: string, write: () => string, parts: readonly Body[]) {
    this.#write = write
    this.#bytes = Buffer.from(text)
    this.hash = bodyHash(this.#bytes)
    this.length = this.#bytes.length
    this.parts = parts
  }

  bytes(): Uint8Array {
    return this.#bytes ?? Buffer.from(this.#write())
  }

  forgetBytes(): void {
    this.#bytes = undefined
  }
}
