import { describe, expect, test } from 'vitest'
import { formatTokens, formatTokensCell, formatTokensInOut } from './format-tokens.ts'

describe('formatTokens', () => {
  test.each([
    [0, '0'],
    [312, '312'],
    [999, '999'],
    [1000, '1.0k'],
    [8412, '8.4k'],
    [9949, '9.9k'],
    [9950, '10k'],
    [283_000, '283k'],
    [999_499, '999k'],
    [999_500, '1.00M'],
    [9_840_000, '9.84M'],
    [9_995_000, '10.0M'],
    [68_100_000, '68.1M'],
    [99_950_000, '100M'],
    [1_234_000_000, '1,234M'],
  ])('%i is %s', (tokens, text) => {
    expect(formatTokens(tokens)).toBe(text)
  })
})

describe('formatTokensInOut', () => {
  test('says what went in and what came out', () => {
    expect(formatTokensInOut(33_430, 1152)).toBe('33k → 1.2k')
  })
})

describe('formatTokensCell', () => {
  const calls = { modelCalls: 1, failedSteps: 0, isPartial: false }

  test.each([
    ['calls that told of theirs', 312, calls, '312'],
    ['calls that failed, and told of some', 312, { ...calls, failedSteps: 1 }, '312'],
    ['calls that took none', 0, calls, '0'],
    ['calls that failed', 0, { ...calls, failedSteps: 1 }, '–'],
    ['calls that told nothing', 0, { ...calls, isPartial: true }, '–'],
    ['no call', 0, { ...calls, modelCalls: 0, failedSteps: 1 }, ''],
  ])('of %s', (_, tokens, totals, text) => {
    expect(formatTokensCell(tokens, totals)).toBe(text)
  })
})
