import { describe, expect, test } from 'vitest'
import { timeScale } from './time-scale.ts'

const gap = { startMs: 80_000, endMs: 332_000 }
describe('timeScale', () => {
  test('runs evenly from 0 to 1', () => {
    const { shareAt } = timeScale([], 1000)
    expect([0, 250, 1000, 2000].map(shareAt)).toEqual([0, 0.25, 1, 1])
  })

  test('squeezes a gap into a fold, in which time goes on', () => {
    const { shareAt, folds } = timeScale([gap], 400_000)
    const [fold] = folds
    expect(fold!.to - fold!.from).toBeCloseTo(0.07)
    expect(shareAt(gap.startMs)).toBeCloseTo(fold!.from)
    expect(shareAt(206_000)).toBeCloseTo((fold!.from + fold!.to) / 2)
    expect(shareAt(400_000)).toBeCloseTo(1)
  })

  test('leaves half of the width to what went on, however many gaps there are', () => {
    const gaps = Array.from({ length: 40 }, (_, place) => ({ startMs: place * 100 + 10, endMs: place * 100 + 90 }))
    const { folds } = timeScale(gaps, 4000)
    expect(folds.reduce((sum, { from, to }) => sum + to - from, 0)).toBeCloseTo(0.5)
  })

  test('puts everything at the start of a trace that took no time', () => {
    expect(timeScale([], 0).shareAt(0)).toBe(0)
  })
})
