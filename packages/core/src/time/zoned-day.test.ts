import { describe, expect, test } from 'vitest'
import { isoTime, parseIsoTime } from './iso-time.ts'
import { zonedDayStarts } from './zoned-day.ts'

function starts(from: string, to: string, timeZone: string, stepDays?: number): string[] {
  return zonedDayStarts(parseIsoTime(from)!, parseIsoTime(to)!, timeZone, stepDays).map((us) =>
    isoTime(us).slice(0, 16),
  )
}

describe('zonedDayStarts', () => {
  test('begins with the day that holds the start and ends before the end', () => {
    expect(starts('2024-02-28T13:00Z', '2024-03-01', 'UTC')).toEqual(['2024-02-28T00:00', '2024-02-29T00:00'])
  })

  test('follows the clocks of the place through a change', () => {
    expect(starts('2024-03-30T12:00Z', '2024-04-01T12:00Z', 'Europe/Berlin')).toEqual([
      '2024-03-29T23:00',
      '2024-03-30T23:00',
      '2024-03-31T22:00',
    ])
    expect(starts('2024-11-02T12:00Z', '2024-11-04T12:00Z', 'America/New_York')).toEqual([
      '2024-11-02T04:00',
      '2024-11-03T04:00',
      '2024-11-04T05:00',
    ])
  })

  test('begins a day without midnight when its clocks go on', () => {
    expect(starts('2024-04-25T12:00Z', '2024-04-27T12:00Z', 'Africa/Cairo')).toEqual([
      '2024-04-24T22:00',
      '2024-04-25T22:00',
      '2024-04-26T21:00',
    ])
  })

  test('knows offsets that are no whole hours', () => {
    expect(starts('2024-01-01', '2024-01-02', 'Asia/Kathmandu')).toEqual(['2023-12-31T18:15', '2024-01-01T18:15'])
  })

  test('steps over days', () => {
    expect(starts('2024-01-01', '2024-01-08', 'UTC', 3)).toEqual([
      '2024-01-01T00:00',
      '2024-01-04T00:00',
      '2024-01-07T00:00',
    ])
  })

  test('throws for a time zone that nobody knows', () => {
    expect(() => zonedDayStarts(0, 1, 'Mars/Olympus')).toThrow(RangeError)
  })
})
