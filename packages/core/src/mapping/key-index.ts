import type { Field, Row } from './field.ts'
import { isDigit } from './flattened.ts'

/** A row at its place in the order of trust of its field. */
export interface Slot {
  readonly field: Field<unknown>
  readonly rank: number
  readonly row: Row<unknown>
}

/** Attributes of which a row wants all: those that start with `prefix`, for a list only where a number follows. */
export interface Family {
  /** As the rows write it: `metadata.*`, `llm.tools.#`. */
  readonly key: string
  readonly prefix: string
  readonly numbered: boolean
  readonly slots: readonly Slot[]
}

/** What the rows have to do with one attribute. */
export interface KeyMatch {
  readonly slots: readonly Slot[]
  /** The family with the longest prefix that the key belongs to. */
  readonly family: Family | undefined
}

/** Bounds on what clients can make us remember. */
const maxRemembered = 10_000
const maxRememberedLength = 200

/**
 * The rows of all fields by the keys they read, made once. A span is then mapped by its own attributes: one look-up
 * each, so that dialects which are not there cost nothing. Keys that were seen are remembered, for clients send the
 * same ones over and over.
 */
export class KeyIndex {
  readonly #byKey = new Map<string, Slot[]>()
  readonly #byEvent = new Map<string, Slot[]>()
  readonly #families = new Map<string, Family[]>()
  readonly #remembered = new Map<string, KeyMatch>()

  constructor(fields: readonly Field<unknown>[]) {
    const slots = fields.flatMap((field) => field.rows.map((row, rank) => ({ field, rank, row })))
    const families = new Map<string, Slot[]>()
    for (const slot of slots) {
      const { key } = slot.row
      if (key.startsWith('@')) addTo(this.#byEvent, key.slice(1), slot)
      else if (isFamilyKey(key)) addTo(families, key, slot)
      else addTo(this.#byKey, key, slot)
    }
    for (const [key, familySlots] of families) {
      const family = { key, prefix: key.slice(0, -1), numbered: key.endsWith('#'), slots: familySlots }
      addTo(this.#families, headOf(key)!, family)
    }
    for (const alike of this.#families.values()) alike.sort((one, other) => other.prefix.length - one.prefix.length)
  }

  match(key: string): KeyMatch {
    const known = this.#remembered.get(key)
    if (known !== undefined) return known
    const match = { slots: this.#byKey.get(key) ?? [], family: this.#familyOf(key) }
    if (key.length > maxRememberedLength) return match
    if (this.#remembered.size >= maxRemembered) this.#remembered.clear()
    this.#remembered.set(key, match)
    return match
  }

  /** The keys of all rows that read attributes, as the rows write them. */
  get keys(): readonly string[] {
    const families = [...this.#families.values()].flat()
    return [...this.#byKey.keys(), ...families.map(({ key }) => key)]
  }

  get eventNames(): readonly string[] {
    return [...this.#byEvent.keys()]
  }

  slotsOfEvent(name: string): readonly Slot[] | undefined {
    return this.#byEvent.get(name)
  }

  #familyOf(key: string): Family | undefined {
    const head = headOf(key)
    const alike = head === undefined ? undefined : this.#families.get(head)
    return alike?.find(
      ({ prefix, numbered }) => key.startsWith(prefix) && (!numbered || isDigit(key.charCodeAt(prefix.length))),
    )
  }
}

export function isFamilyKey(key: string): boolean {
  return key.endsWith('.*') || key.endsWith('.#')
}

/** What stands before the first dot. */
function headOf(key: string): string | undefined {
  const dot = key.indexOf('.')
  return dot === -1 ? undefined : key.slice(0, dot)
}

function addTo<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
