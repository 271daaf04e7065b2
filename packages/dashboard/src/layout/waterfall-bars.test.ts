import type { StepJson } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { sampleStep } from './sample-step.ts'
import { timeScale } from './time-scale.ts'
import { waterfallBars } from './waterfall-bars.ts'

/** One bar in a picture of a pixel for each millisecond. */
function barOf(fields: Partial<Omit<StepJson, 'parent_id'>>, isRunning = true) {
  return waterfallBars([{ row: 3, step: sampleStep('step', fields) }], timeScale([], 400), 400, isRunning)[0]!
}

describe('waterfallBars', () => {
  test('places a bar by start and duration, in the row of its step', () => {
    expect(barOf({ offset: 100, duration: 50 })).toMatchObject({
      row: 3,
      x: 100,
      width: 50,
      look: 'tool',
      isOpen: false,
      isRunning: false,
    })
  })

  test('shows what took no time as wide as can be seen, inside the picture', () => {
    expect(barOf({ offset: 400, duration: 0 })).toMatchObject({ x: 398, width: 2 })
  })

  test('lets a step that still runs reach to now', () => {
    const reaching = { x: 100, width: 300, isOpen: true }
    expect(barOf({ offset: 100, duration: null })).toMatchObject({ ...reaching, isRunning: true })
    expect(barOf({ offset: 100, duration: null }, false)).toMatchObject({ ...reaching, isRunning: false })
  })

  test('tells how long a model kept one waiting, never longer than it took', () => {
    expect(barOf({ type: 'llm', offset: 100, duration: 50, ttft: 20 }).waitWidth).toBeCloseTo(20)
    expect(barOf({ type: 'llm', offset: 100, duration: 50, ttft: 900 }).waitWidth).toBeCloseTo(50)
    expect(barOf({ type: 'tool', offset: 100, duration: 50, ttft: 20 }).waitWidth).toBe(0)
  })

  test('writes the tokens of a call right of the bar, else left of it, else nowhere', () => {
    const call = { type: 'llm', input_tokens: 8412, output_tokens: 312 } as const
    expect(barOf({ ...call, offset: 100, duration: 50 }).label).toEqual({ text: '8.4k → 312', x: 155, side: 'right' })
    expect(barOf({ ...call, offset: 300, duration: 90 }).label).toEqual({ text: '8.4k → 312', x: 295, side: 'left' })
    expect(barOf({ ...call, offset: 20, duration: 370 }).label).toBeUndefined()
  })

  test('says of what failed that it did', () => {
    expect(barOf({ status: 'error' })).toMatchObject({ isFailed: true, label: { text: 'failed' } })
  })
})
