import { describe, expect, test } from 'vitest'
import { jsonEntries, jsonOutline } from './json-entries.ts'

describe('jsonEntries', () => {
  test('gives a page of what is inside', () => {
    expect(jsonEntries(['a', 'b', 'c'], 1, 1)).toEqual([{ name: '1', value: 'b' }])
    expect(jsonEntries({ a: 1, b: 2 }, 0, 9)).toEqual([
      { name: 'a', value: 1 },
      { name: 'b', value: 2 },
    ])
    expect(jsonEntries('text', 0, 9)).toEqual([])
  })
})

describe('jsonOutline', () => {
  test.each([
    [[], '[]'],
    [{}, '{}'],
    [[1], '[ 1 item ]'],
    [{ a: 1, b: 2 }, '{ 2 keys }'],
    [Array.from({ length: 1204 }, () => 0), '[ 1,204 items ]'],
  ])('says how much is inside', (value, outline) => {
    expect(jsonOutline(value)).toBe(outline)
  })
})
