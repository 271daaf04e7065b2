import { describe, expect, test } from 'vitest'
import { sinceStartText } from './since-start-text.ts'

describe('sinceStartText', () => {
  test.each([
    [0, 'at the start'],
    [0.4, 'at the start'],
    [12, '+12 ms'],
    [4200, '+4.20 s'],
    [-4200, '−4.20 s'],
  ])('of %d ms is %s', (offsetMs, expected) => {
    expect(sinceStartText(offsetMs)).toBe(expected)
  })
})
