import type { ByteRange } from './draft.ts'

/** Bytes of many texts on their way into one array: one message part costs less to send than a string for each. */
export class ByteArena {
  readonly #parts: Uint8Array[] = []
  #length = 0

  add(bytes: Uint8Array): ByteRange {
    const from = this.#length
    this.#parts.push(bytes)
    this.#length += bytes.length
    return [from, this.#length]
  }

  all(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#length)
    let from = 0
    for (const part of this.#parts) {
      all.set(part, from)
      from += part.length
    }
    return all
  }
}
