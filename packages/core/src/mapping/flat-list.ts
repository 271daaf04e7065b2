import type { JsonValue } from '../json/json-value.ts'
import { unflatten } from './flattened.ts'
import type { Reading } from './reading.ts'

export interface FlatList {
  readonly items: readonly JsonValue[]
  /** Takes the keys that the list was made of out of the attributes. */
  readonly markUsed: () => void
}

/**
 * The list that a span's flat keys spell.
 * @param familyKey as rows write it: `llm.tools.#`
 * @param wants which of the keys (all).
 */
export function flatList(reading: Reading, familyKey: string, wants?: (key: string) => boolean): FlatList {
  const all = reading.members(familyKey)
  const members = wants === undefined ? all : all.filter(([key]) => wants(key))
  const { items, leftOut } = unflatten(members, familyKey.slice(0, -1))
  const markUsed = (): void => {
    for (const [key] of members) if (!leftOut.has(key)) reading.ledger.use(key, familyKey)
  }
  return { items, markUsed }
}
