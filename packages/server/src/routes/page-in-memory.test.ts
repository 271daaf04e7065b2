import { describe, expect, test } from 'vitest'
import { pageInMemory } from './page-in-memory.ts'

const items = ['a', 'b', 'c', 'd', 'e']
const page = (query: { limit?: number; cursor?: string | undefined }) => pageInMemory(items, (item) => item, query)

describe('pageInMemory', () => {
  test('gives all items once, in order', () => {
    const first = page({ limit: 2 })
    const second = page({ limit: 2, cursor: first.nextCursor })
    const third = page({ limit: 2, cursor: second.nextCursor })
    expect([first.items, second.items, third.items]).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect(third.nextCursor).toBeUndefined()
  })

  test('a page that ends with the list is the last', () => {
    expect(page({ limit: 5 }).nextCursor).toBeUndefined()
    expect(pageInMemory([], String, {})).toEqual({ items: [] })
  })

  test('refuses a cursor of another list', () => {
    expect(() => page({ cursor: 'eg' })).toThrow(/cursor/)
  })
})
