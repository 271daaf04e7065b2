import { expect, describe, test } from 'vitest'
import { heardText } from './heard-text.ts'

const noon = new Date(2026, 10, 23, 12).getTime()
const hourMs = 3_600_000

describe('heardText', () => {
  test('is the time of day, and the day where that is another', () => {
    expect(heardText(noon - 2 * hourMs, noon)).toBe('10:00:00')
    expect(heardText(noon - 14 * hourMs, noon)).toBe('yesterday 22:00:00')
    expect(heardText(noon - 50 * hourMs, noon)).toBe('21 Nov 10:00:00')
  })
})
