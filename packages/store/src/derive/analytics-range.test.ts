import { describe, expect, test } from 'vitest'
import { analyticsRange, oldestDefaultUs, type AnalyticsRange } from './analytics-range.ts'

const minuteUs = 60_000_000
const hourUs = 60 * minuteUs
const dayUs = 24 * hourUs
const nowUs = Date.UTC(2024, 5, 10, 12) * 1000

/** How far each bucket starts from the first, in days. */
function daysOf({ bucketStartsUs }: AnalyticsRange): number[] {
  return bucketStartsUs.map((startUs) => (startUs - bucketStartsUs[0]!) / dayUs)
}

function intervalOf(lengthUs: number): string {
  return analyticsRange({ fromUs: nowUs - lengthUs, toUs: nowUs }, 0, 0).interval
}

describe('analyticsRange', () => {
  test('reaches from the oldest trace to an hour from now', () => {
    const oldestUs = nowUs - 90 * minuteUs + 5
    expect(analyticsRange({}, nowUs, oldestUs)).toMatchObject({
      fromUs: nowUs - 90 * minuteUs,
      toUs: nowUs + hourUs,
      interval: 'minute',
      dayBoundaries: 'utc',
    })
    expect(analyticsRange({}, nowUs, undefined)).toMatchObject({ fromUs: nowUs - hourUs, toUs: nowUs + hourUs })
  })

  test('takes the interval that fits', () => {
    expect([3 * hourUs, 3 * hourUs + 1, 7 * dayUs, 7 * dayUs + 1].map(intervalOf)).toEqual([
      'minute',
      'hour',
      'hour',
      'day',
    ])
  })

  test('begins buckets where the interval does, the first holding the start', () => {
    const fromUs = nowUs + 5 * minuteUs
    const { bucketStartsUs } = analyticsRange({ fromUs, toUs: fromUs + 2 * hourUs, interval: 'hour' }, 0, 0)
    expect(bucketStartsUs).toEqual([nowUs, nowUs + hourUs, nowUs + 2 * hourUs])
  })

  test('is never empty, even where nothing was asked for', () => {
    const range = analyticsRange({ fromUs: nowUs, toUs: nowUs }, 0, 0)
    expect(range).toMatchObject({ fromUs: nowUs, toUs: nowUs + minuteUs, bucketStartsUs: [nowUs] })
    const tomorrowUs = nowUs + dayUs
    expect(analyticsRange({ fromUs: tomorrowUs }, nowUs, 0)).toMatchObject({ bucketStartsUs: [tomorrowUs] })
  })

  test('puts several days into a bucket beyond 500', () => {
    const range = analyticsRange({ fromUs: nowUs - 3000 * dayUs, toUs: nowUs }, 0, 0)
    expect(range.interval).toBe('day')
    expect(range.bucketStartsUs.length).toBeLessThanOrEqual(500)
    expect(daysOf(range).slice(0, 3)).toEqual([0, 7, 14])
  })

  test('widens to the rows that are kept', () => {
    const kept = { minutesFromUs: nowUs - hourUs, hoursFromUs: nowUs - 10 * dayUs }
    const old = analyticsRange({ fromUs: nowUs - 20 * dayUs + 5, toUs: nowUs - 2 * hourUs - 5 }, 0, 0, kept)
    expect(old).toMatchObject({ fromUs: nowUs - 20 * dayUs - 12 * hourUs, toUs: nowUs - 2 * hourUs, interval: 'day' })
    const recent = analyticsRange({ fromUs: nowUs - 90 * minuteUs, toUs: nowUs - minuteUs - 5 }, 0, 0, kept)
    expect(recent).toMatchObject({ fromUs: nowUs - 2 * hourUs, toUs: nowUs - minuteUs, interval: 'hour' })
  })

  test('follows the viewer’s days as far back as hours are kept, and says so', () => {
    const timeZone = 'Asia/Tokyo'
    const kept = { minutesFromUs: nowUs, hoursFromUs: Date.UTC(2024, 5, 3) * 1000 }
    const asked = {
      fromUs: Date.UTC(2024, 5, 1) * 1000,
      toUs: Date.UTC(2024, 5, 5) * 1000,
      interval: 'day',
      timeZone,
    } as const
    const mixed = analyticsRange(asked, 0, 0, kept)
    expect(mixed.dayBoundaries).toBe('mixed')
    expect(daysOf(mixed)).toEqual([0, 1, 2, 2.625, 3.625])
    expect(analyticsRange(asked, 0, 0).dayBoundaries).toBe('viewer')
    expect(daysOf(analyticsRange(asked, 0, 0))).toEqual([0, 1, 2, 3, 4])
    expect(analyticsRange(asked, 0, 0, { ...kept, hoursFromUs: nowUs }).dayBoundaries).toBe('utc')
  })

  test('refuses a range that ends before it begins', () => {
    expect(() => analyticsRange({ fromUs: nowUs, toUs: nowUs - 1 }, 0, 0)).toThrow('`to` is before `from`')
  })

  test('refuses more than 500 buckets and unknown time zones', () => {
    const asked = { fromUs: nowUs, toUs: nowUs + 501 * minuteUs }
    expect(() => analyticsRange({ ...asked, interval: 'minute' }, 0, 0)).toThrow('501 minutes')
    const days = { fromUs: nowUs, toUs: nowUs + 9 * dayUs, timeZone: 'Mars/Olympus' }
    expect(() => analyticsRange(days, 0, 0)).toThrow('Mars/Olympus')
  })
})

describe('oldestDefaultUs', () => {
  test('is ten years ago, and never before the epoch', () => {
    expect(nowUs - oldestDefaultUs(nowUs)).toBe(3653 * dayUs)
    expect(oldestDefaultUs(5)).toBe(0)
  })
})
