import { describe, expect, test } from 'vitest'
import { toJson } from './to-json.ts'

describe('toJson', () => {
  test('writes whole numbers beyond 2^53 as decimal text', () => {
    expect(toJson(9_223_372_036_854_775_807n)).toBe('9223372036854775807')
  })

  test('writes bytes as base64 text', () => {
    expect(toJson(new Uint8Array([0, 255, 16]))).toBe('AP8Q')
    expect(toJson(new Uint8Array(20_000))).toBe(Buffer.alloc(20_000).toString('base64'))
  })

  test('keeps the places of a list, and leaves keys without a value out', () => {
    expect(toJson([1n, undefined, { a: undefined, b: [new Uint8Array([1])] }])).toEqual(['1', null, { b: ['AQ=='] }])
  })

  test('gives back what is JSON already', () => {
    const value = { a: [1, 'two', { b: false }] }
    expect(toJson(value)).toBe(value)
  })
})
