import { TraceLLMError } from '@tracellm/core'
import type { Page } from '@tracellm/store'

/**
 * One page of a list that the store gives whole because it is short: projects, keys, scores of one trace.
 * The cursor names the last item of the page before.
 * @throws TraceLLMError `TL_BAD_CURSOR` where that item is not in the list.
 */
export function pageInMemory<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  query: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
): Page<Item> {
  const { limit = 50, cursor } = query
  const before = cursor === undefined ? -1 : items.findIndex((item) => cursorOf(idOf(item)) === cursor)
  if (cursor !== undefined && before === -1) throw new TraceLLMError('TL_BAD_CURSOR', 'the cursor is of no item here')
  const page = items.slice(before + 1, before + 1 + limit)
  const last = page.at(-1)
  const isLastPage = before + 1 + limit >= items.length
  return { items: page, ...(isLastPage || last === undefined ? {} : { nextCursor: cursorOf(idOf(last)) }) }
}

function cursorOf(id: string): string {
  return Buffer.from(id).toString('base64url')
}
