import { describe, expect, test } from 'vitest'
import { bucketOf, type Histogram } from '../rollup/histogram.ts'
import { isSlow } from './slow-request.ts'

const peers = (count: number, latencyUs: number): Histogram => new Map([[bucketOf(latencyUs), count]])

describe('isSlow', () => {
  test('is so above the p95 of at least 20 peers', () => {
    expect(isSlow(1100, peers(20, 1000))).toBe(true)
    expect(isSlow(1100, peers(19, 1000))).toBe(false)
    expect(isSlow(900, peers(20, 1000))).toBe(false)
  })

  test('is not so for a trace as long as the others', () => {
    expect(isSlow(1000, peers(20, 1000))).toBe(false)
    expect(isSlow(0, peers(20, 0))).toBe(false)
  })

  test('lets 5 % of the peers be longer', () => {
    const mixed = new Map([...peers(19, 1000), ...peers(1, 50_000)])
    expect(isSlow(1100, mixed)).toBe(true)
    expect(isSlow(1100, new Map([...peers(18, 1000), ...peers(2, 50_000)]))).toBe(false)
  })

  test('is not so for a trace without a latency', () => {
    expect(isSlow(undefined, peers(20, 1000))).toBe(false)
  })
})
