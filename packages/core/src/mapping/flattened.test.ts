import { describe, expect, test } from 'vitest'
import type { AttributeValue } from '../otlp/any-value.ts'
import { unflatten } from './flattened.ts'

function items(sent: Record<string, AttributeValue>): unknown {
  return unflatten(Object.entries(sent), 'm.').items
}

describe('unflatten', () => {
  test('builds lists and objects from the segments of keys', () => {
    expect(items({ 'm.0.role': 'user', 'm.0.calls.0.id': 'a', 'm.0.calls.1.id': 'b' })).toEqual([
      { role: 'user', calls: [{ id: 'a' }, { id: 'b' }] },
    ])
  })

  test('puts items in the order of their numbers, not of their keys, and closes gaps', () => {
    expect(items({ 'm.10': 'c', 'm.2': 'b', 'm.0': 'a' })).toEqual(['a', 'b', 'c'])
  })

  test('leaves out what is no number where a list is, and names it', () => {
    const { items: found, leftOut } = unflatten(
      Object.entries({ 'm.length': 2, 'm.0.parts.0': 'x', 'm.0.parts.count': 1 }),
      'm.',
    )
    expect(found).toEqual([{ parts: ['x'] }])
    expect([...leftOut]).toEqual(['m.length', 'm.0.parts.count'])
  })

  test('takes an index of four billion for nobody’s place', () => {
    const { items: found, leftOut } = unflatten([['m.4294967295.role', 'user']], 'm.')
    expect(found).toEqual([])
    expect([...leftOut]).toEqual(['m.4294967295.role'])
  })

  test('keeps the first of two keys that contradict each other', () => {
    expect(items({ 'm.0.content': 'text', 'm.0.content.0.text': 'part' })).toEqual([{ content: 'text' }])
    expect(items({ 'm.0.content.0.text': 'part', 'm.0.content': 'text' })).toEqual([{ content: [{ text: 'part' }] }])
  })

  test('gives keys like __proto__ no meaning', () => {
    const [item] = unflatten([['m.0.__proto__.polluted', 'yes']], 'm.').items as [object]
    expect(Object.keys(item)).toEqual(['__proto__'])
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })

  test('leaves out keys of more than 64 segments', () => {
    const key = `m.0.${'a.'.repeat(80)}z`
    expect(unflatten([[key, 1]], 'm.')).toEqual({ items: [], leftOut: new Set([key]) })
  })
})
