import { describe, expect, test } from 'vitest'
import { foldLabels } from './fold-labels.ts'
import { timeScale } from './time-scale.ts'
import { timeTicks } from './time-ticks.ts'

const gap = { startMs: 80_000, endMs: 332_000 }
const texts = (scale: ReturnType<typeof timeScale>, widthPx: number) =>
  timeTicks(scale, widthPx).map(({ text }) => text)

describe('timeTicks', () => {
  test.each([
    [0.4, 400, ['0', '0.1 ms', '0.2 ms', '0.3 ms']],
    [240, 400, ['0', '50 ms', '100 ms', '150 ms', '200 ms']],
    [4200, 400, ['0', '1 s', '2 s', '3 s']],
    [140_000, 500, ['0', '20 s', '40 s', '1:00', '1:20', '1:40', '2:00']],
    [7_300_000, 400, ['0', '20:00', '40:00', '1 h 00 m', '1 h 20 m', '1 h 40 m']],
  ])('of %d ms in %d px are at round times', (endMs, widthPx, expected) => {
    expect(texts(timeScale([], endMs), widthPx)).toEqual(expected)
  })

  test('leave room for the words of a fold', () => {
    const scale = timeScale([gap], 400_000)
    const [label] = foldLabels(scale, 460)
    const ticks = timeTicks(scale, 460)
    expect(ticks.length).toBeGreaterThan(2)
    for (const { at } of ticks) {
      expect(at * 460 > label!.x + label!.width || at * 460 + 30 < label!.x).toBe(true)
    }
  })

  test('are left out where their words would not fit before the edge', () => {
    expect(texts(timeScale([], 123), 180)).toEqual(['0', '50 ms'])
    expect(texts(timeScale([], 140), 180)).toEqual(['0', '50 ms', '100 ms'])
  })

  test('do not count through days of waiting', () => {
    const days = { startMs: 1000, endMs: 400 * 86_400_000 }
    expect(timeTicks(timeScale([days], days.endMs + 1000), 400).length).toBeLessThan(10)
  })
})
