import { describe, expect, test } from 'vitest'
import { foldLabels } from './fold-labels.ts'
import type { IdleGap } from './idle-gaps.ts'
import { timeScale } from './time-scale.ts'

const longWait = { startMs: 40_000, endMs: 292_000 }
const labelsOf = (gaps: IdleGap[], endMs: number, widthPx: number) => foldLabels(timeScale(gaps, endMs), widthPx)

describe('foldLabels', () => {
  test('stand in the middle of the fold', () => {
    const [label] = labelsOf([longWait], 332_000, 400)
    expect(label!.text).toBe('4 m 12 s idle')
    expect(label!.x + label!.width / 2).toBeCloseTo(200)
  })

  test('stay inside the picture when the wait is at the start or at the end of it', () => {
    const gaps = [
      { startMs: 0, endMs: 100_000 },
      { startMs: 110_000, endMs: 300_000 },
    ]
    const [last, first] = labelsOf(gaps, 300_000, 400)
    expect(first).toMatchObject({ text: '1 m 40 s idle', x: 0 })
    expect(last!.x + last!.width).toBe(400)
  })

  test('are of their gaps, however wide the picture is', () => {
    for (const widthPx of [200, 400]) expect(labelsOf([longWait], 332_000, widthPx)[0]!.gap).toBe(longWait)
  })

  test('are left out, a word first, where they would be wider than the picture', () => {
    const labels = [90, 70, 50, 0].map((widthPx) => labelsOf([longWait], 332_000, widthPx))
    expect(labels.map(([label]) => label?.text)).toEqual(['4 m 12 s idle', '4 m 12 s', undefined, undefined])
  })

  test('do without a word, and then without the shorter waits, rather than lie over each other', () => {
    const gaps = Array.from({ length: 4 }, (_, place) => ({
      startMs: 4000 + place * 50_000,
      endMs: 50_000 + place * 50_001,
    }))
    expect(labelsOf(gaps, 204_000, 600).map(({ text }) => text)).toEqual(Array(4).fill('46.0 s idle'))
    expect(labelsOf(gaps, 204_000, 300).map(({ text }) => text)).toContain('46.0 s')
    const few = labelsOf(gaps, 204_000, 200).toSorted((one, other) => one.x - other.x)
    expect(few.length).toBeLessThan(4)
    few.slice(1).forEach(({ x }, place) => expect(x).toBeGreaterThan(few[place]!.x + few[place]!.width))
  })
})
