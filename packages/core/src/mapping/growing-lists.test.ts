import { array, assert, jsonValue, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GrowingLists } from './growing-lists.ts'

const anything = (): boolean => true

describe('GrowingLists', () => {
  test('gives the objects of the list before, and parses only what is new', () => {
    const lists = new GrowingLists(anything)
    lists.parse('[{"role":"user"}]')
    const before = lists.parse('[{"role":"user"},[1]]')!
    const after = lists.parse('[{"role":"user"},[1],{"role":"assistant"}]')!
    expect(after).toEqual([{ role: 'user' }, [1], { role: 'assistant' }])
    expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, true])
    expect(lists.parse('[{"role":"user"},[1],{"role":"assistant"}]')).toBe(after)
  })

  test('remembers a list from the second time on', () => {
    const lists = new GrowingLists(anything)
    const once = lists.parse('["a"]')
    const twice = lists.parse('["a"]')
    expect(twice).not.toBe(once)
    expect(lists.parse('["a"]')).toBe(twice)
  })

  test('parses as JSON.parse does, whatever lists go on from whatever lists', () => {
    assert(
      property(array(array(jsonValue(), { maxLength: 4 }), { maxLength: 6 }), (lists) => {
        const growing = new GrowingLists(anything)
        const all: unknown[] = []
        for (const items of lists) {
          all.push(...items)
          for (const text of [JSON.stringify(items), JSON.stringify(all)]) {
            for (let time = 0; time < 3; time++) expect(growing.parse(text)).toEqual(JSON.parse(text))
          }
        }
      }),
    )
  })

  test.each([
    ['a comma after the last item', '[1,]'],
    ['two lists', '[1][2]'],
    ['a list that is not closed', '[1,2'],
    ['an item that is cut', '[1,{"a"]'],
    ['nothing after the comma but space', '[1, ]'],
  ])('refuses %s, also as the rest of a known list', (_what, text) => {
    const lists = new GrowingLists(anything)
    for (let time = 0; time < 2; time++) expect(lists.parse('[1]')).toEqual([1])
    expect(lists.parse(text)).toBeUndefined()
  })

  test('goes on from an empty list and from one with space around', () => {
    const lists = new GrowingLists(anything)
    for (const text of ['[]', '[ 1 ]', '[ 1 ,2]', '[1] ', '[1,2]\n', '[,1]', '[1,2]']) {
      for (let time = 0; time < 3; time++) {
        expect([text, lists.parse(text)]).toEqual([text, text === '[,1]' ? undefined : JSON.parse(text)])
      }
    }
  })

  test('takes a list whose items are all accepted, of those known and those new', () => {
    const lists = new GrowingLists((item) => item !== null)
    for (let time = 0; time < 2; time++) expect(lists.parse('[1]')).toEqual([1])
    expect(lists.parse('[1,null]')).toBeUndefined()
    expect(lists.parse('[1,2]')).toEqual([1, 2])
  })

  test('remembers so many lists, and forgets the oldest', () => {
    const lists = new GrowingLists(anything, 2)
    const remembered = (text: string) => {
      lists.parse(text)
      return lists.parse(text)
    }
    const [first, second] = [remembered('["one"]'), remembered('["two"]')]
    remembered('["three"]')
    expect(lists.parse('["two"]')).toBe(second)
    expect(lists.parse('["one"]')).not.toBe(first)
  })

  test('remembers so many characters', () => {
    const lists = new GrowingLists(anything, 10, 20)
    lists.parse('["0123456789"]')
    const first = lists.parse('["0123456789"]')!
    for (let time = 0; time < 2; time++) lists.parse('["abcdefghij"]')
    expect(lists.parse('["0123456789"]')).not.toBe(first)
  })
})
