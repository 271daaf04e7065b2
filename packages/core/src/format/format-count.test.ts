import { describe, expect, test } from 'vitest'
import { formatCount, formatShare } from './format-count.ts'

describe('formatCount', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1204, '1,204'],
    [1_234_567, '1,234,567'],
  ])('%i is %s', (count, text) => {
    expect(formatCount(count)).toBe(text)
  })
})

describe('formatShare', () => {
  test.each([
    [0, '0%'],
    [0.0001, '<0.1%'],
    [0.0005, '0.1%'],
    [0.011, '1.1%'],
    [0.0994, '9.9%'],
    [0.0996, '10%'],
    [0.714, '71%'],
    [0.994, '99%'],
    [0.9996, '>99%'],
    [1, '100%'],
  ])('%d is %s', (share, text) => {
    expect(formatShare(share)).toBe(text)
  })
})
