import type { Reader } from './reader.ts'

/** How many texts are kept at most; most are names, models and users that come again and again. */
const maxTexts = 20_000
/** Together they are at most so long, give or take one. */
const maxCharacters = 16_000_000

/** Texts by their numbers in `dict`, and back. A number never changes its meaning. */
export class Dictionary {
  readonly #reader: Reader
  #texts = new Map<number, string>()
  #characters = 0

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /** The text of a column that holds a number of `dict`; of null, `undefined`. */
  text(id: number | null): string | undefined {
    return id === null ? undefined : (this.#texts.get(id) ?? this.#load(id))
  }

  /** The texts of a column that holds numbers with commas. */
  texts(ids: string | null): readonly string[] {
    if (ids === null || ids === '') return []
    return ids.split(',').flatMap((id) => this.text(Number(id)) ?? [])
  }

  /** The number of a text, to look for; -1, which no row has, when it is not stored. */
  find(text: string): number {
    return (this.#reader.prepare('select id from dict where v = ?').get(text)?.['id'] as number | undefined) ?? -1
  }

  #load(id: number): string | undefined {
    const text = this.#reader.prepare('select v from dict where id = ?').get(id)?.['v'] as string | undefined
    if (text === undefined) return undefined
    if (this.#texts.size >= maxTexts || this.#characters >= maxCharacters) {
      this.#texts = new Map()
      this.#characters = 0
    }
    this.#texts.set(id, text)
    this.#characters += text.length
    return text
  }
}
