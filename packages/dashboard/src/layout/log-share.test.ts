import { describe, expect, test } from 'vitest'
import { logShare } from './log-share.ts'

describe('logShare', () => {
  test('goes from nothing to all, and no further', () => {
    expect([0, 10, 600_000, 9_000_000].map(logShare)).toEqual([0, 0, 1, 1])
  })

  test('grows by the same for every tenfold time', () => {
    const [one, ten, hundred] = [100, 1000, 10_000].map(logShare) as [number, number, number]
    expect(ten - one).toBeCloseTo(hundred - ten)
    expect(ten - one).toBeGreaterThan(0.2)
  })
})
