import { describe, expect, test } from 'vitest'
import { isoTime, parseIsoTime } from './iso-time.ts'

describe('isoTime', () => {
  test('says microseconds, in six digits always', () => {
    expect(isoTime(1_795_442_561_114_123)).toBe('2026-11-23T14:02:41.114123Z')
    expect(isoTime(1_795_442_561_000_000)).toBe('2026-11-23T14:02:41.000000Z')
    expect(isoTime(7)).toBe('1970-01-01T00:00:00.000007Z')
  })

  test('reaches before the epoch', () => {
    expect(isoTime(-1)).toBe('1969-12-31T23:59:59.999999Z')
  })
})

describe('parseIsoTime', () => {
  test('reads what isoTime writes', () => {
    for (const us of [0, 1, 999_999, 1_795_442_561_114_123, Number.MAX_SAFE_INTEGER])
      expect(parseIsoTime(isoTime(us))).toBe(us)
  })

  test('takes fewer and more digits, offsets, and a date alone', () => {
    expect(parseIsoTime('2026-11-23T14:02:41Z')).toBe(1_795_442_561_000_000)
    expect(parseIsoTime('2026-11-23T14:02Z')).toBe(1_795_442_520_000_000)
    expect(parseIsoTime('2026-11-23T14:02:41.1141239Z')).toBe(1_795_442_561_114_123)
    expect(parseIsoTime('2026-11-23T15:02:41.5+01:00')).toBe(1_795_442_561_500_000)
    expect(parseIsoTime('2026-11-23')).toBe(1_795_392_000_000_000)
  })

  test.each([
    '',
    'yesterday',
    '2026-11-23T14:02:41',
    '2026-02-30',
    '2026-13-01',
    '2026-11-23T25:00:00Z',
    '1795442561',
    '0001-01-01',
    '1969-12-31T23:59:59.999999Z',
    '2255-06-06',
    '9999-12-31T23:59:59Z',
  ])('refuses %j', (text) => expect(parseIsoTime(text)).toBeUndefined())
})
