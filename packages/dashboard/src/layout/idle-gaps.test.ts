import { describe, expect, test } from 'vitest'
import { idleGaps } from './idle-gaps.ts'
import { sampleStep } from './sample-step.ts'

const root = sampleStep('root', { type: 'agent', duration: 300_000 })
const step = (id: string, offset: number, duration: number | null) =>
  sampleStep(id, { parent_id: 'root', offset, duration })

describe('idleGaps', () => {
  test('finds where nothing but a container was open', () => {
    const steps = [root, step('a', 0, 40_000), step('b', 290_000, 10_000)]
    expect(idleGaps(steps, 300_000, true)).toEqual([{ startMs: 40_000, endMs: 290_000 }])
  })

  test('takes what comes after the last step for idle once the trace is over', () => {
    const steps = [root, step('a', 0, 40_000)]
    expect(idleGaps(steps, 300_000, true)).toEqual([{ startMs: 40_000, endMs: 300_000 }])
    expect(idleGaps(steps, 300_000, false)).toEqual([])
  })

  test('does not take a wait for idle while anything else runs', () => {
    const steps = [root, step('a', 0, 40_000), step('long', 10_000, 285_000), step('b', 290_000, 10_000)]
    expect(idleGaps(steps, 300_000, true)).toEqual([])
  })

  test('leaves short waits as they are: a second, or a fifth of what is shown', () => {
    expect(idleGaps([root, step('a', 0, 100), step('b', 1000, 100)], 1100, true)).toEqual([])
    expect(idleGaps([root, step('a', 0, 100_000), step('b', 110_000, 190_000)], 300_000, true)).toEqual([])
  })

  test('counts a step that still runs as running until now', () => {
    expect(idleGaps([root, step('a', 0, null), step('b', 290_000, 10_000)], 300_000, true)).toEqual([])
  })

  test('tells every gap of several, each by what is left without them', () => {
    const steps = [root, step('a', 0, 5000), step('b', 100_000, 5000), step('c', 200_000, 5000)]
    expect(idleGaps(steps, 205_000, true)).toHaveLength(2)
  })
})
