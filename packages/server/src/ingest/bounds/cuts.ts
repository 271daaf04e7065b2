import type { JsonObject, JsonValue } from '@tracellm/core'

/** What was too long of one span, log record or resource. Its attributes keep it whole, under keys that begin so. */
const wholePrefix = 'tracellm.whole.'

export class Cuts {
  /** Texts that were cut, and tags and metadata that were left out. */
  count = 0
  /** Made for the first: most spans have none. */
  #whole: Map<string, JsonValue> | undefined

  /** @param shown as what it is kept: `session_id`. @param cut how many of it were too long, or too many (1). */
  keep(shown: string, whole: JsonValue, cut = 1): void {
    this.count += cut
    // A tool's span is called as the tool is, and the model asked for is most often the one that answers.
    this.#whole ??= new Map()
    if (![...this.#whole.values()].includes(whole)) this.#whole.set(`${wholePrefix}${shown}`, whole)
  }

  addTo(attributes: JsonObject): JsonObject {
    return { ...attributes, ...Object.fromEntries(this.#whole ?? []) }
  }
}
