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
  /** The canonical JSON, written again when asked: what is known elsewhere is never written twice. */
  text(): string
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

/** Gives the text it was made with once, then lets go of it: a history is kept as messages, not as texts beside them. */
class WrittenBody implements Body {
  readonly hash: BodyHash
  readonly length: number
  readonly media: readonly Body[]
  readonly #write: () => string
  #text: string | undefined

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
}
