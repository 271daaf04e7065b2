import type { JsonValue, Message } from '@tracellm/core'
import { bodyHash, type BodyHash } from './body-hash.ts'
import { canonicalJson, canonicalMessage } from './canonical-json.ts'

/** A text or JSON value that is kept once under the hash of its content. */
export interface Body {
  readonly hash: BodyHash
  /** Characters of the canonical JSON, without those of `media`. */
  readonly length: number
  /** Long media data of a message, in the order of its parts: bodies of their own. */
  readonly media: readonly Body[]
  /** The canonical JSON; once taken or let go of it is written anew. */
  text(): string
  /** Lets go of the text: who reads it knows it. */
  forgetText(): void
  /** In which batch it is being sent, and at what place there; a note of the sender's. */
  sending: { readonly batch: object; readonly place: number } | undefined
}

/** A body of any JSON value. */
export function bodyOfValue(value: JsonValue): Body {
  const text = canonicalJson(value)
  return new WrittenBody(bodyHash(text), text, none, () => canonicalJson(value))
}

/** A body of one message. */
export function bodyOfMessage(message: Message): Body {
  let media: Body[] | undefined
  const text = canonicalMessage(message, (hash, data) => {
    media ??= []
    media.push(new WrittenBody(hash, canonicalJson(data), none, () => canonicalJson(data)))
  })
  const write = (): string => canonicalMessage(message, () => {})
  return new WrittenBody(bodyHash(text), text, media ?? none, write)
}

const none: readonly Body[] = []

/** Lets go of the text it was made with as soon as it may: a history is kept as messages, not as texts beside them. */
class WrittenBody implements Body {
  readonly hash: BodyHash
  readonly length: number
  readonly media: readonly Body[]
  readonly #write: () => string
  #text: string | undefined
  sending: Body['sending']

  constructor(hash: BodyHash, text: string, media: readonly Body[], write: () => string) {
    this.hash = hash
    this.length = text.length
    this.#text = text
    this.media = media
    this.#write = write
  }

  text(): string {
    const text = this.#text
    this.#text = undefined
    return text ?? this.#write()
  }

  forgetText(): void {
    this.#text = undefined
  }
}
