import { describe, expect, test } from 'vitest'
import { byEnd, byStart } from './span-order.ts'

const spans = [
  { spanId: 'd', startUs: 0, endUs: undefined },
  { spanId: 'c', startUs: 5, endUs: 6 },
  { spanId: 'b', startUs: 5, endUs: 6 },
  { spanId: 'a', startUs: 1, endUs: 9 },
]

describe('byStart', () => {
  test('orders by start, then by id', () => {
    expect(spans.toSorted(byStart).map((span) => span.spanId)).toEqual(['d', 'a', 'b', 'c'])
  })
})

describe('byEnd', () => {
  test('orders by end, then in start order, the open last', () => {
    for (const order of [spans, spans.toReversed()]) {
      expect(order.toSorted(byEnd).map((span) => span.spanId)).toEqual(['b', 'c', 'a', 'd'])
    }
  })
})
