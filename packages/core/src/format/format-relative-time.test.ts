import { describe, expect, test } from 'vitest'
import { formatRelativeTime } from './format-relative-time.ts'

describe('formatRelativeTime', () => {
  test.each([
    [-60, 'now'],
    [0, 'now'],
    [9.9, 'now'],
    [12, '12 s'],
    [59.9, '59 s'],
    [60, '1 m'],
    [18 * 60, '18 m'],
    [3599, '59 m'],
    [2 * 3600, '2 h'],
    [86_399, '23 h'],
    [6 * 86_400, '6 d'],
    [412 * 86_400, '412 d'],
    [999 * 86_400, '999 d'],
    [1000 * 86_400, '2 y'],
    [56.9 * 365.25 * 86_400, '56 y'],
    [-61, 'in 1 m'],
    [-2 * 3600, 'in 2 h'],
    [-6 * 86_400, 'in 6 d'],
    [-228.5 * 365.25 * 86_400, 'in 228 y'],
  ])('%d seconds ago is %s', (seconds, text) => {
    const nowUs = 1_795_000_000_000_000
    expect(formatRelativeTime(nowUs - seconds * 1_000_000, nowUs)).toBe(text)
  })
})
