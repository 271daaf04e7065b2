import { isJsonObject, type JsonValue } from '../json/json-value.ts'
import type { Attributes, AttributeValue } from '../otlp/any-value.ts'
import type { DecodedResource, DecodedScope } from '../otlp/request.ts'
import type { DecodedSpanEvent } from '../otlp/span-request.ts'
import type { SpanType } from '../span/span.ts'
import type { Field, Row } from './field.ts'
import { isFamilyKey, type Family, type KeyIndex, type Slot } from './key-index.ts'
import { Ledger } from './ledger.ts'
import { parseJson } from './parse-json.ts'
import { newJsonObject, toJson } from './to-json.ts'

/** What is mapped: a span, or a log record seen as one. */
export interface Subject {
  readonly name: string
  readonly startUs?: number | undefined
  readonly attributes: Attributes
  readonly events: readonly DecodedSpanEvent[]
  readonly resource: DecodedResource
  readonly scope: DecodedScope
}

export type Entry = readonly [key: string, value: AttributeValue]

/**
 * One span's attributes and events while they are read into the canonical form.
 *
 * It holds, for each field of the tables, the rows whose keys the span has. What is read is noted in the ledger: a key
 * whose all the canonical form now says leaves the attributes; one that lost against a better one and says something
 * else stays. Nothing is parsed before a field is asked for, and nothing twice.
 */
export class Reading {
  readonly subject: Subject
  /** What the span is, once that is known. Some rows count only for some types. */
  type: SpanType = 'span'
  readonly ledger: Ledger
  readonly #found: (Slot[] | undefined)[] = []
  readonly #members = new Map<string, Entry[]>()
  readonly #parsed = new Map<string, JsonValue | undefined>()

  constructor(subject: Subject, index: KeyIndex) {
    this.subject = subject
    const { attributes, events } = subject
    this.ledger = new Ledger(attributes, events)
    for (const key in attributes) {
      const { slots, family } = index.match(key)
      for (const slot of slots) this.#find(slot)
      if (family !== undefined) this.#join(family, key, attributes[key])
    }
    for (const event of events) for (const slot of index.slotsOfEvent(event.name) ?? []) this.#find(slot)
  }

  has(key: string): boolean {
    return this.subject.attributes[key] !== undefined
  }

  value(key: string): AttributeValue {
    return this.subject.attributes[key]
  }

  /** Whether any row of the field has its key here. */
  mentions(field: Field<unknown>): boolean {
    return this.#found[field.number] !== undefined
  }

  /** Whether the name of the instrumentation, or else of the service, starts so. */
  isFrom(prefix: string): boolean {
    const { scope, resource } = this.subject
    const service = resource.attributes['service.name']
    return scope.name?.startsWith(prefix) === true || (typeof service === 'string' && service.startsWith(prefix))
  }

  /** The attribute as JSON, parsed when it is a text. `undefined` for a text that is no JSON. */
  json(key: string): JsonValue | undefined {
    if (this.#parsed.has(key)) return this.#parsed.get(key)
    const value = this.value(key)
    const json = typeof value === 'string' ? parseJson(value) : toJson(value)
    this.#parsed.set(key, json)
    return json
  }

  /** What stands at a path inside the attribute's JSON. */
  jsonAt(key: string, path: readonly string[]): JsonValue | undefined {
    let found = this.json(key)
    for (const segment of path) {
      found = isJsonObject(found) && Object.hasOwn(found, segment) ? found[segment] : undefined
    }
    return found
  }

  /** The attribute as it was sent, as JSON. */
  plain(key: string): JsonValue | undefined {
    return toJson(this.value(key))
  }

  /** The attributes of a family of keys, as the span has them in order: `llm.tools.#`. */
  members(familyKey: string): readonly Entry[] {
    return this.#members.get(familyKey) ?? []
  }

  eventsNamed(name: string): readonly DecodedSpanEvent[] {
    return this.subject.events.filter((event) => event.name === name)
  }

  /**
   * The value of the first row that has one.
   * Keys of later rows that say the very same are used up with it; that is looked for among plain values only.
   */
  first<Value>(field: Field<Value>): Value | undefined {
    return this.firstWithRow(field)?.value
  }

  firstWithRow<Value>(field: Field<Value>): { readonly value: Value; readonly row: Row<Value> } | undefined {
    const slots = this.#inOrder(field)
    for (let place = 0; place < slots.length; place++) {
      const { row } = slots[place]!
      const read = this.#read(row)
      if (read === undefined) continue
      const value = field.normalize === undefined ? read : field.normalize(read)
      if (isSame(read, value)) this.#use(row)
      else this.ledger.nameDialect(row.dialect)
      if (isPlain(read)) this.#useSame(slots, place + 1, value)
      return { value, row }
    }
    return undefined
  }

  /** The same, and nothing is used up. */
  peek<Value>(field: Field<Value>): Value | undefined {
    for (const { row } of this.#inOrder(field)) {
      const read = this.#read(row)
      if (read !== undefined) return read
    }
    return undefined
  }

  /** The first value of each key that any row's object has. A key is used up where all it says was taken. */
  merged<Value extends JsonValue>(
    field: Field<Readonly<Record<string, Value>>>,
  ): Readonly<Record<string, Value>> | undefined {
    let merged: Record<string, Value> | undefined
    for (const { row } of this.#inOrder(field)) {
      const found = this.#read(row)
      if (found === undefined) continue
      let all = true
      for (const name in found) {
        merged ??= newJsonObject() as Record<string, Value>
        if (merged[name] === undefined) merged[name] = found[name]!
        else all &&= isSame(merged[name], found[name])
      }
      if (all) this.#use(row)
      else this.ledger.nameDialect(row.dialect)
    }
    return merged
  }

  /** The items of all rows' lists, each once. */
  united(field: Field<readonly string[]>): readonly string[] | undefined {
    const items = new Set<string>()
    for (const { row } of this.#inOrder(field)) {
      const found = this.#read(row)
      if (found === undefined) continue
      this.#use(row)
      for (const item of found) items.add(item)
    }
    return items.size === 0 ? undefined : [...items]
  }

  /** All that the rows' lists hold. */
  gathered<Item>(field: Field<readonly Item[]>): readonly Item[] | undefined {
    const items: Item[] = []
    for (const { row } of this.#inOrder(field)) {
      const found = this.#read(row)
      if (found === undefined) continue
      this.#use(row)
      for (const item of found) items.push(item)
    }
    return items.length === 0 ? undefined : items
  }

  #find(slot: Slot): void {
    const { number } = slot.field
    const found = this.#found[number]
    if (found === undefined) this.#found[number] = [slot]
    else if (!found.includes(slot)) found.push(slot)
  }

  #join(family: Family, key: string, value: AttributeValue): void {
    const members = this.#members.get(family.key)
    if (members !== undefined) members.push([key, value])
    else {
      this.#members.set(family.key, [[key, value]])
      for (const slot of family.slots) this.#find(slot)
    }
  }

  #inOrder<Value>(field: Field<Value>): readonly (Slot & { readonly row: Row<Value> })[] {
    const slots = this.#found[field.number]
    if (slots === undefined) return []
    if (slots.length > 1) slots.sort((one, other) => one.rank - other.rank)
    return slots as (Slot & { readonly row: Row<Value> })[]
  }

  /** Uses up the keys of later rows that say the very same. */
  #useSame(slots: readonly Slot[], from: number, value: unknown): void {
    for (let place = from; place < slots.length; place++) {
      const { row } = slots[place]!
      if (!row.part && isSame(this.#read(row), value)) this.#use(row)
    }
  }

  #read<Value>(row: Row<Value>): Value | undefined {
    return row.read(this.value(row.key), this, row.key)
  }

  /** Readers of families and events use up what they took themselves. */
  #use(row: Row<unknown>): void {
    this.ledger.nameDialect(row.dialect)
    if (!row.part && !row.key.startsWith('@') && !isFamilyKey(row.key)) this.ledger.use(row.key)
  }
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
  return one.every((item, index) => item === other[index])
}
