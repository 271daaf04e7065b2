import type { JsonObject, JsonValue } from '../json/json-value.ts'
import type { Attributes, AttributeValue } from '../otlp/any-value.ts'
import type { DecodedSpanEvent } from '../otlp/span-request.ts'
import type { SpanEvent } from '../span/span.ts'
import type { Dialect } from './dialect.ts'
import { newJsonObject, setJson } from './to-json.ts'

/** Keeps count of what of a span the canonical form says by now, and so of what is left. */
export class Ledger {
  readonly #attributes: Attributes
  readonly #events: readonly DecodedSpanEvent[]
  /** By key, the name to list it under. */
  readonly #used = new Map<string, string>()
  readonly #usedOfEvents = new Map<DecodedSpanEvent, Set<string>>()
  readonly #leftovers = new Map<string, JsonValue>()
  readonly #dialects = new Set<Dialect>()

  constructor(attributes: Attributes, events: readonly DecodedSpanEvent[]) {
    this.#attributes = attributes
    this.#events = events
  }

  /** Takes an attribute out of the attributes. @param name under which it is listed, for one of a family. */
  use(key: string, name = key): void {
    if (this.#attributes[key] !== undefined) this.#used.set(key, name)
  }

  isUsed(key: string): boolean {
    return this.#used.has(key)
  }

  /** What stood beside the rest of a used attribute, and has no place in the canonical form: it stays under the key. */
  leave(key: string, rest: JsonValue | undefined): void {
    if (rest !== undefined) this.#leftovers.set(key, rest)
  }

  /** Takes attributes out of an event (all). With the last of them the event goes. */
  useEvent(event: DecodedSpanEvent, keys: readonly string[] = Object.keys(event.attributes)): void {
    const used = this.#usedOfEvents.get(event) ?? new Set()
    this.#usedOfEvents.set(event, used)
    for (const key of keys) used.add(key)
  }

  nameDialect(dialect: Dialect): void {
    this.#dialects.add(dialect)
  }

  /** The attributes that nothing has used, as JSON. */
  get rest(): JsonObject {
    const rest = newJsonObject()
    for (const key in this.#attributes) {
      if (!this.#used.has(key)) setJson(rest, key, this.#attributes[key])
      else if (this.#leftovers.has(key)) setJson(rest, key, this.#leftovers.get(key) as AttributeValue)
    }
    return rest
  }

  /** The events, with what nothing has used. */
  get restOfEvents(): readonly SpanEvent[] {
    const rest: SpanEvent[] = []
    for (const event of this.#events) {
      const used = this.#usedOfEvents.get(event)
      const attributes = newJsonObject()
      let left = 0
      for (const key in event.attributes) {
        if (used?.has(key) === true) continue
        setJson(attributes, key, event.attributes[key])
        left++
      }
      if (used === undefined || left > 0) rest.push({ name: event.name, timeUs: event.timeUs, attributes })
    }
    return rest
  }

  /** What was used, in order of use; families and events by the key of their rows. */
  get usedKeys(): readonly string[] {
    const names = new Set(this.#used.values())
    for (const { name } of this.#usedOfEvents.keys()) names.add(`@${name}`)
    return [...names]
  }

  get dialects(): readonly Dialect[] {
    return [...this.#dialects]
  }
}
