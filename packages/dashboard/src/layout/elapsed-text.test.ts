import { describe, expect, test } from 'vitest'
import { elapsedText } from './elapsed-text.ts'

describe('elapsedText', () => {
  test.each([
    [-5, '0 s'],
    [999, '0 s'],
    [12_900, '12 s'],
    [59_999, '59 s'],
    [72_000, '1 m 12 s'],
  ])('of %i ms is %s', (elapsedMs, text) => {
    expect(elapsedText(elapsedMs)).toBe(text)
  })
})
