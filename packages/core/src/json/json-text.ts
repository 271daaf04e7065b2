import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json-value.ts'

/**
 * The value as compact JSON. Of a value nested too deep for the platform's own writer (some thousand levels) the
 * start is given, which is more than anybody reads.
 */
export function jsonText(value: JsonValue): string {
  try {
    return JSON.stringify(value)
  } catch {
    return startOfJson(value, 2000)
  }
}

/** The first characters of the value as compact JSON. The rest is not written, so a large value costs no more than a small one. */
export function startOfJson(value: JsonValue, maxCharacters: number): string {
  return new JsonStart(maxCharacters).write(value).text.slice(0, maxCharacters)
}

/** Every level writes at least one character, so the depth of the recursion is bounded by the room there is. */
class JsonStart {
  text = ''
  readonly #maxCharacters: number

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters
  }

  get #room(): number {
    return this.#maxCharacters - this.text.length
  }

  write(value: JsonValue): this {
    if (typeof value === 'string') this.#writeString(value)
    else if (isJsonArray(value)) this.#writeArray(value)
    else if (isJsonObject(value)) this.#writeObject(value)
    else this.text += String(value)
    return this
  }

  #writeString(text: string): void {
    const room = Math.max(this.#room, 0)
    const json = JSON.stringify(text.slice(0, room))
    // Without its closing quote where something was cut: a quote there would say that the text ends.
    this.text += text.length > room ? json.slice(0, -1) : json
  }

  #writeArray(items: readonly JsonValue[]): void {
    this.text += '['
    for (let index = 0; index < items.length && this.#room > 0; index++) {
      if (index > 0) this.text += ','
      this.write(items[index]!)
    }
    this.text += ']'
  }

  #writeObject(object: JsonObject): void {
    this.text += '{'
    let first = true
    for (const key in object) {
      if (this.#room <= 0) break
      if (!first) this.text += ','
      first = false
      this.#writeString(key)
      this.text += ':'
      this.write(object[key]!)
    }
    this.text += '}'
  }
}
