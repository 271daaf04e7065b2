import { describe, expect, test } from 'vitest'
import { costOf, rateOf, type Rates } from './rates.ts'

const rates: Rates = { input: rateOf(3), output: rateOf(15), cacheRead: rateOf(0.3), cacheWrite: rateOf(3.75) }

describe('costOf', () => {
  test.each([
    ['input and output', { inputTokens: 1000, outputTokens: 100 }, 4_500_000],
    ['cached input', { inputTokens: 1000, outputTokens: 0, cacheReadTokens: 800 }, 840_000],
    ['written input', { inputTokens: 1000, outputTokens: 0, cacheWriteTokens: 800 }, 3_600_000],
    [
      'all at once',
      { inputTokens: 50, outputTokens: 17, cacheReadTokens: 12, cacheWriteTokens: 8, reasoningTokens: 5 },
      378_600,
    ],
    ['nothing', { inputTokens: 0, outputTokens: 0 }, 0],
  ])('bills %s', (_what, usage, nanoUsd) => {
    expect(costOf(usage, rates)).toBe(nanoUsd)
  })

  test('bills cached and written input as input where it has no price of its own', () => {
    const usage = { inputTokens: 1000, outputTokens: 0, cacheReadTokens: 400, cacheWriteTokens: 400 }
    expect(costOf(usage, { input: rateOf(3), output: 0 })).toBe(3_000_000)
  })

  test('does not bill more than a call can cost', () => {
    const usage = { inputTokens: 1_000_000_000, outputTokens: 0 }
    expect(costOf(usage, { input: rateOf(10), output: 0 })).toBe(10_000_000_000_000)
    expect(costOf(usage, { input: rateOf(10.01), output: 0 })).toBeUndefined()
  })

  test('bills thoughts as output, or at their own price', () => {
    const usage = { inputTokens: 0, outputTokens: 100, reasoningTokens: 40 }
    expect(costOf(usage, rates)).toBe(1_500_000)
    expect(costOf(usage, { ...rates, reasoning: rateOf(5) })).toBe(1_100_000)
  })

  test('bills sound at its own price, cached sound too', () => {
    const usage = {
      inputTokens: 1000,
      outputTokens: 100,
      cacheReadTokens: 300,
      modalities: { 'audio.input': 500, 'audio.cache_read': 200, 'audio.output': 60 },
    }
    const audio = { input: rateOf(30), cacheRead: rateOf(1), output: rateOf(60) }
    // 200 sound read, 300 sound, 100 text read, 400 text; 60 sound, 40 text
    const expected = 200 * 1000 + 300 * 30_000 + 100 * 300 + 400 * 3000 + 60 * 60_000 + 40 * 15_000
    expect(costOf(usage, { ...rates, modalities: { audio } })).toBe(expected)
  })

  test('never bills more tokens than the call took', () => {
    const usage = { inputTokens: 100, outputTokens: 10, cacheReadTokens: 500, reasoningTokens: 50 }
    expect(costOf(usage, rates)).toBe(100 * 300 + 10 * 15_000)
  })

  test('rounds half a nano-dollar up', () => {
    expect(costOf({ inputTokens: 1, outputTokens: 0 }, { input: rateOf(0.0005), output: 0 })).toBe(1)
    expect(costOf({ inputTokens: 1, outputTokens: 0 }, { input: rateOf(0.000499), output: 0 })).toBe(0)
    expect(costOf({ inputTokens: 100, outputTokens: 0 }, { input: rateOf(0.075), output: 0 })).toBe(7500)
  })

  test('is exact for prices that a float cannot hold', () => {
    for (const [usdPerMillion, nanoUsd] of [
      [0.1, 100_000],
      [0.07, 70_000],
      [1.1, 1_100_000],
      [0.000007, 7],
    ] as const) {
      expect(costOf({ inputTokens: 1000, outputTokens: 0 }, { input: rateOf(usdPerMillion), output: 0 })).toBe(nanoUsd)
    }
    const large = { inputTokens: 10_000_000, outputTokens: 1_000_001 }
    expect(costOf(large, { input: rateOf(18.75), output: rateOf(75) })).toBe(187_500_000_000 + 75_000_075_000)
  })

  test('is unknown when a count or a price is', () => {
    expect(costOf({ outputTokens: 10 }, rates)).toBeUndefined()
    expect(costOf({ inputTokens: 10 }, rates)).toBeUndefined()
    expect(costOf({ inputTokens: 10, outputTokens: 5 }, { input: rateOf(3) })).toBeUndefined()
    expect(costOf({ inputTokens: 10, outputTokens: 5 }, { output: rateOf(3) })).toBeUndefined()
  })

  test('needs no output of a model that has none', () => {
    expect(costOf({ inputTokens: 1000 }, { input: rateOf(0.02) })).toBe(20_000)
  })
})
