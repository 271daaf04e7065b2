import { describe, expect, test } from 'vitest'
import { formatBytes } from './format-bytes.ts'

describe('formatBytes', () => {
  test.each([
    [0, '0 B'],
    [812, '812 B'],
    [1000, '1.0 kB'],
    [2100, '2.1 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [131_000, '131 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [412_000_000, '412 MB'],
    [1_200_000_000, '1.2 GB'],
    [5e15, '5000 TB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})
