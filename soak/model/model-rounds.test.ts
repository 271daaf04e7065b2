import { asyncProperty, integer } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelRounds } from './model-rounds.ts'

/** Rounds of a model that fails for numbers above 900, by a clock that goes on by a second each time it is read. */
function rounds(seed: number, untilMs: number, most = 900) {
  let nowMs = 0
  const property = asyncProperty(integer({ min: 0, max: 1000 }), async (number) => number <= most)
  return modelRounds({ property, seed, runsPerRound: 5, untilMs, clock: () => (nowMs += 1000) })
}

describe('modelRounds', () => {
  test('goes on until the time is over, and for one round at least', async () => {
    expect(await rounds(1, 3500, 1000)).toEqual({ runs: 20, failure: undefined })
    expect(await rounds(1, 0, 1000)).toEqual({ runs: 5, failure: undefined })
  })

  test('says what failed, as small as it can be, and the seed that makes it fail at once', async () => {
    const { failure } = await rounds(1, Infinity)
    expect(failure!.details.counterexample).toEqual([901])
    const again = await rounds(failure!.seed, 0)
    expect(again.failure?.details.counterexamplePath).toBe(failure!.details.counterexamplePath)
  })
})
