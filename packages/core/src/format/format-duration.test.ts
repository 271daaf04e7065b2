import { describe, expect, test } from 'vitest'
import { formatDuration, formatMilliseconds } from './format-duration.ts'

describe('formatDuration', () => {
  test.each([
    [0, '<1 ms'],
    [999, '<1 ms'],
    [1000, '1 ms'],
    [46_000, '46 ms'],
    [999_499, '999 ms'],
    [999_500, '1.00 s'],
    [8_450_000, '8.45 s'],
    [9_994_999, '9.99 s'],
    [9_995_000, '10.0 s'],
    [18_800_000, '18.8 s'],
    [59_949_999, '59.9 s'],
    [59_950_000, '1 m 00 s'],
    [363_000_000, '6 m 03 s'],
    [389_000_000, '6 m 29 s'],
    [3_599_400_000, '59 m 59 s'],
    [3_599_600_000, '1 h 00 m'],
    [4_320_000_000, '1 h 12 m'],
    [7_440_000_000, '2 h 04 m'],
    [86_399_000_000, '1 d 00 h'],
    [183_600_000_000, '2 d 03 h'],
    [99.9 * 86_400_000_000, '99 d 22 h'],
    [99.99 * 86_400_000_000, '100 d'],
    [999.4 * 86_400_000_000, '999 d'],
    [999.6 * 86_400_000_000, '3 y'],
    [104_166 * 86_400_000_000, '285 y'],
  ])('%i us is %s', (durationUs, text) => {
    expect(formatDuration(durationUs)).toBe(text)
  })

  test('is never wider than its column', () => {
    for (let durationUs = 1; durationUs <= Number.MAX_SAFE_INTEGER; durationUs *= 1.37) {
      expect(formatDuration(durationUs).length).toBeLessThanOrEqual(9)
    }
  })
})

describe('formatMilliseconds', () => {
  test('takes fractions', () => {
    expect(formatMilliseconds(0.4)).toBe('<1 ms')
    expect(formatMilliseconds(8449.6)).toBe('8.45 s')
  })
})
