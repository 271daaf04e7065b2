import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { microsOfDecimal, microsOfHalves, microsOfNumber, nanosOfMicros, timeFault, usableTime } from './nanoseconds.ts'

const last = 9_007_199_254_740_991_999n // the last nanosecond of the microseconds that a number holds

function halves(nanoseconds: bigint): [number, number] {
  return [Number(nanoseconds >> 32n), Number(nanoseconds & 0xffff_ffffn)]
}

describe('microsOfHalves', () => {
  test('rounds down to the exact microsecond, as integer division does', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: last }), (nanoseconds) => {
        expect(microsOfHalves(...halves(nanoseconds))).toBe(Number(nanoseconds / 1000n))
      }),
    )
  })

  test('keeps the last microsecond before the one a number cannot hold', () => {
    expect(microsOfHalves(...halves(last))).toBe(Number.MAX_SAFE_INTEGER)
    expect(microsOfHalves(...halves(last + 1n))).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
    expect(microsOfHalves(0xffff_ffff, 0xffff_ffff)).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
  })

  test('takes 0 as absent and 1 ns as the first microsecond of 1970', () => {
    expect(microsOfHalves(0, 0)).toBeUndefined()
    expect(microsOfHalves(0, 1)).toBe(0)
    expect(microsOfHalves(0, 1_000)).toBe(1)
  })
})

describe('microsOfDecimal', () => {
  test('agrees with the halves', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: last }), (nanoseconds) => {
        expect(microsOfDecimal(`${nanoseconds}`)).toBe(microsOfHalves(...halves(nanoseconds)))
      }),
    )
  })

  test('takes leading zeros, and any number of nothing as absent', () => {
    expect(microsOfDecimal('00001763900000123999')).toBe(1_763_900_000_123)
    expect(microsOfDecimal('0000')).toBeUndefined()
    expect(microsOfDecimal('999')).toBe(0)
  })

  test.each(['', ' ', '-1', '1.5', '1e18', '0x10', '2026-11-23T00:00:00Z', '1'.repeat(21)])('refuses %j', (text) => {
    expect(microsOfDecimal(text)).toBeNaN()
  })
})

describe('microsOfNumber', () => {
  test('takes what JSON has left of the nanoseconds', () => {
    expect(microsOfNumber(JSON.parse('1763900000123456789') as number)).toBe(1_763_900_000_123_456)
    expect(microsOfNumber(0)).toBeUndefined()
  })

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (nanoseconds) => {
    expect(microsOfNumber(nanoseconds)).toBeNaN()
  })
})

describe('nanosOfMicros', () => {
  test('writes what reads as the same microsecond, the first of 1970 too', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (micros) => {
        expect(microsOfDecimal(`${nanosOfMicros(micros)}`)).toBe(micros)
      }),
    )
    expect(nanosOfMicros(0)).toBe(1n)
    expect(nanosOfMicros(undefined)).toBeUndefined()
  })
})

describe('usableTime', () => {
  test('leaves out what is after the year 2255', () => {
    expect(usableTime(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER)
    expect(usableTime(Number.MAX_SAFE_INTEGER + 1)).toBeUndefined()
  })
})

describe('timeFault', () => {
  test('names the time that cannot be kept', () => {
    expect(timeFault('end', Number.MAX_SAFE_INTEGER + 1)).toBe('the end is after the year 2255')
    expect(timeFault('end', undefined)).toBeUndefined()
  })
})
