import { TraceLLMError } from '@tracellm/core'
import type { Page, PageRequest } from '../port/queries.ts'

/** What a list is ordered by; a cursor is the key of the last item of a page. */
type SortKey = readonly (string | number)[]

interface Listing<Item> {
  /** Tells the cursors of one list from those of another. */
  readonly name: string
  /** In order. */
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => SortKey
  readonly compare: (one: SortKey, other: SortKey) => number
}

/** One page of a list, and the cursor of the next. @throws TraceLLMError `TL_BAD_CURSOR`. */
export function pageOf<Item>(listing: Listing<Item>, page: PageRequest): Page<Item> {
  const { items, keyOf, compare } = listing
  const after = page.cursor === undefined ? undefined : decodeCursor(listing, page.cursor)
  const rest = after === undefined ? items : items.filter((item) => compare(keyOf(item), after) > 0)
  const shown = rest.slice(0, page.limit)
  if (shown.length === rest.length) return { items: shown }
  return { items: shown, nextCursor: JSON.stringify([listing.name, ...keyOf(shown.at(-1)!)]) }
}

export function ascending(one: SortKey, other: SortKey): number {
  for (const [at, part] of one.entries()) {
    if (part !== other[at]) return part < other[at]! ? -1 : 1
  }
  return 0
}

export function descending(one: SortKey, other: SortKey): number {
  return ascending(other, one)
}

function decodeCursor<Item>({ name, items, keyOf }: Listing<Item>, cursor: string): SortKey {
  try {
    const [list, ...key] = JSON.parse(cursor) as [string, ...SortKey]
    const like = items[0] === undefined ? key : keyOf(items[0])
    if (list === name && key.length > 0 && like.every((part, at) => typeof part === typeof key[at])) return key
  } catch {
    // Not even JSON: as bad as any other.
  }
  throw new TraceLLMError('TL_BAD_CURSOR', 'the cursor is none of this list')
}
