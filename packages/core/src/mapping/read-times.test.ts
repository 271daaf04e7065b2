import { describe, expect, test } from 'vitest'
import { readTimes } from './read-times.ts'

describe('readTimes', () => {
  test('a span without an end is open', () => {
    expect(readTimes({ startUs: 10 }, 99)).toEqual({ startUs: 10, endUs: undefined, timeFault: undefined })
  })

  test('an end before the start is the start, and marked', () => {
    expect(readTimes({ startUs: 10, endUs: 4 }, 99)).toEqual({ startUs: 10, endUs: 10, timeFault: 'end-before-start' })
  })

  test('a start that was not sent is when the span came, and marked', () => {
    expect(readTimes({ endUs: 200 }, 99)).toEqual({ startUs: 99, endUs: 200, timeFault: 'no-start' })
    expect(readTimes({ endUs: 40 }, 99)).toEqual({ startUs: 99, endUs: 99, timeFault: 'no-start' })
    expect(readTimes({}, 99)).toEqual({ startUs: 99, endUs: undefined, timeFault: 'no-start' })
  })
})
