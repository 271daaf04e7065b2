import type { JsonValue } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { cutJson } from './cut-json.ts'

describe('cutJson', () => {
  test('leaves alone what fits', () => {
    const value = { a: ['one', 2, null, true], b: { c: 'three' } }
    expect(cutJson(value, 1000)).toEqual(value)
  })

  test('ends a text in an ellipsis, between code points', () => {
    expect(cutJson('abcdefgh', 7)).toBe('abcde…')
    expect(cutJson('ééééé', 7)).toBe('éé…')
    expect(cutJson('😀😀', 9)).toBe('😀…')
    expect(cutJson('abc', 1)).toBe('…')
  })

  test('keeps the shape of what is cut', () => {
    const parts = [
      { type: 'text', text: 'x'.repeat(100) },
      { type: 'text', text: 'never reached' },
    ]
    expect(cutJson(parts, 60)).toEqual([{ type: 'text', text: expect.stringMatching(/^x{10,50}…$/) }])
  })

  test.each<[string, JsonValue]>([
    ['a text', 'x'.repeat(10_000)],
    ['many texts', Array.from({ length: 1000 }, () => 'some words')],
    ['many numbers', Array.from({ length: 10_000 }, (_, index) => index)],
    ['many keys', Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key ${index}`, index]))],
    ['deep objects', JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`)],
  ])('keeps %s to about the limit', (_, value) => {
    const cut = Buffer.byteLength(JSON.stringify(cutJson(value, 500)))
    expect(cut).toBeGreaterThan(300)
    expect(cut).toBeLessThan(1100)
  })
})
