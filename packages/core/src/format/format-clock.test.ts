import { describe, expect, test } from 'vitest'
import { formatClock, formatInstant } from './format-clock.ts'

const us = (instant: string) => Date.parse(instant) * 1000
const nowUs = us('2026-11-23T13:00:00Z')

describe('formatClock', () => {
  test.each([
    ['2026-11-23T14:02:41.114Z', 'UTC', '14:02:41.114'],
    ['2026-11-23T00:00:00Z', 'UTC', '00:00:00.000'],
    ['2026-11-23T14:02:41.114Z', 'Europe/Berlin', '15:02:41.114'],
    ['2026-11-23T14:02:41.114Z', 'Asia/Kolkata', '19:32:41.114'],
  ])('of %s in %s is %s', (instant, timeZone, text) => {
    expect(formatClock(us(instant), { timeZone })).toBe(text)
  })

  test('has the zone of the machine unless one is named', () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    expect(formatClock(nowUs)).toBe(formatClock(nowUs, { timeZone }))
  })
})

describe('formatInstant', () => {
  test.each([
    ['2026-11-23T13:41:07.9Z', 'UTC', 'today 13:41:07'],
    ['2026-11-22T11:42:00Z', 'UTC', 'yesterday 11:42:00'],
    ['2026-11-22T23:30:00Z', 'Europe/Berlin', 'today 00:30:00'],
    ['2026-09-01T11:42:00Z', 'UTC', '1 Sep 11:42:00'],
    ['2025-11-21T11:42:00Z', 'UTC', '21 Nov 2025 11:42:00'],
    ['2026-11-24T08:00:00Z', 'UTC', '24 Nov 08:00:00'],
  ])('of %s in %s is %s', (instant, timeZone, text) => {
    expect(formatInstant(us(instant), { nowUs, timeZone })).toBe(text)
  })

  test('counts a day of 25 hours as one', () => {
    const about = { nowUs: us('2026-10-26T00:30:00+01:00'), timeZone: 'Europe/Berlin' }
    expect(formatInstant(us('2026-10-25T00:30:00+02:00'), about)).toBe('yesterday 00:30:00')
  })
})
