import { isJsonArray, type JsonValue } from '../json/json-value.ts'

interface KnownList {
  readonly text: string
  /** The text without the bracket that closes it. */
  readonly opened: string
  readonly items: readonly JsonValue[]
}

/** Characters before the bracket that closes a list, by which it is met again. */
const tailLength = 32

/**
 * Parses lists that grow. An agent sends its whole history with every call, as the text of the last call with some
 * messages more; of such a text only what is new is parsed, and the items before are the objects they were then.
 * Comparing the texts costs a fiftieth of parsing them.
 *
 * A list is remembered when it comes the second time, itself or as the beginning of another; of one that came once only
 * its length and a checksum are kept. Most lists of most programs come once, and what is remembered for nothing costs
 * the garbage collector as much as parsing it.
 *
 * What comes out is what `JSON.parse` gives, and must not be changed by whoever gets it.
 */
export class GrowingLists {
  readonly #accepts: (item: JsonValue) => boolean
  readonly #maxLists: number
  readonly #maxCharacters: number
  /** Newest first: agents side by side each have a history of their own. */
  readonly #known: KnownList[] = []
  #characters = 0
  /** Of the lists that came once: characters before the closing bracket, and a checksum of the last of them. */
  readonly #seenLengths: Uint32Array
  readonly #seenTails: Uint32Array
  #nextSeen = 0

  /**
   * @param accepts what a list may hold, asked of each item once
   * @param maxLists (256) and @param maxCharacters (4 million) are how much is remembered at most
   */
  constructor(accepts: (item: JsonValue) => boolean, maxLists = 256, maxCharacters = 4_000_000) {
    this.#accepts = accepts
    this.#maxLists = maxLists
    this.#maxCharacters = maxCharacters
    this.#seenLengths = new Uint32Array(maxLists)
    this.#seenTails = new Uint32Array(maxLists)
  }

  /** @returns `undefined` when the text is no JSON list, or holds what is not accepted */
  parse(text: string): readonly JsonValue[] | undefined {
    const place = this.#known.findIndex((known) => isContinued(known, text))
    const before = this.#known[place]
    if (before?.text === text) return before.items
    const items = before === undefined ? this.#parse(text) : this.#goOn(before, text)
    if (items === undefined || items.length === 0 || !text.endsWith(']')) return items
    if (before !== undefined || this.#isSeen(text)) this.#remember(text, items, place)
    else this.#see(text)
    return items
  }

  #isSeen(text: string): boolean {
    const opened = text.length - 1
    for (let place = 0; place < this.#seenLengths.length; place++) {
      const length = this.#seenLengths[place]!
      if (length === 0 || length > opened) continue
      if (length < opened && text.charCodeAt(length) !== comma) continue
      if (this.#seenTails[place] === tailOf(text, length)) return true
    }
    return false
  }

  #see(text: string): void {
    const opened = text.length - 1
    this.#seenLengths[this.#nextSeen] = opened
    this.#seenTails[this.#nextSeen] = tailOf(text, opened)
    this.#nextSeen = (this.#nextSeen + 1) % this.#seenLengths.length
  }

  #parse(text: string): readonly JsonValue[] | undefined {
    try {
      const value = JSON.parse(text) as JsonValue
      return isJsonArray(value) && value.every(this.#accepts) ? value : undefined
    } catch {
      return undefined
    }
  }

  #goOn(before: KnownList, text: string): readonly JsonValue[] | undefined {
    const items = this.#parse(`[${text.slice(before.text.length)}`)
    // Nothing after the comma is no JSON, but would be an empty list here.
    return items === undefined || items.length === 0 ? undefined : [...before.items, ...items]
  }

  /** In place of the list that it continues. */
  #remember(text: string, items: readonly JsonValue[], place: number): void {
    if (place !== -1) this.#forget(place)
    this.#known.unshift({ text, opened: text.slice(0, -1), items })
    this.#characters += text.length
    while (this.#known.length > this.#maxLists || this.#characters > this.#maxCharacters) {
      this.#forget(this.#known.length - 1)
    }
  }

  #forget(place: number): void {
    const [forgotten] = this.#known.splice(place, 1)
    this.#characters -= forgotten!.text.length
  }
}

/** Whether the text is the known one, or has more items where that was closed. */
function isContinued({ text: known, opened }: KnownList, text: string): boolean {
  if (text.length === known.length) return text === known
  // Cut out and compared as a whole: `startsWith` goes character by character.
  return text[opened.length] === ',' && text.slice(0, opened.length) === opened
}

const comma = 0x2c

function tailOf(text: string, end: number): number {
  let sum = 0
  for (let place = Math.max(0, end - tailLength); place < end; place++) {
    sum = (Math.imul(sum, 31) + text.charCodeAt(place)) >>> 0
  }
  return sum
}
