import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addHistogramText,
  addHistograms,
  bucketOf,
  bucketValueUs,
  decodeHistogram,
  encodeHistogram,
  exactPercentileUs,
  histogramCount,
  histogramOfAll,
  percentileUs,
} from './histogram.ts'

const durations = fc.array(fc.oneof(fc.nat(1000), fc.nat(10_000_000_000), fc.maxSafeNat()), {
  minLength: 1,
  maxLength: 60,
})

describe('bucketValueUs', () => {
  test('is within 1 % of every duration of the bucket', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1 }), fc.maxSafeNat()),
        (durationUs) => {
          const valueUs = bucketValueUs(bucketOf(durationUs))
          expect(Math.abs(valueUs - durationUs)).toBeLessThanOrEqual(0.01 * durationUs)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('is exactly zero for zero', () => {
    expect(bucketValueUs(bucketOf(0))).toBe(0)
    expect(bucketOf(1)).toBeGreaterThan(bucketOf(0))
  })
})

describe('percentileUs', () => {
  test('is within 1.5 % of the percentile of the durations themselves', () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(0, 0.01, 0.5, 0.95, 0.99, 1), (durationsUs, fraction) => {
        const exactUs = exactPercentileUs(durationsUs, fraction)!
        const nearUs = percentileUs(histogramOfAll(durationsUs), fraction)!
        expect(Math.abs(nearUs - exactUs)).toBeLessThanOrEqual(0.015 * exactUs)
        expect(nearUs).toBe(Number(nearUs.toPrecision(3)))
      }),
    )
  })

  test('is unknown of nothing', () => {
    expect(percentileUs(new Map(), 0.5)).toBeUndefined()
    expect(exactPercentileUs([], 0.5)).toBeUndefined()
  })

  test('takes the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => at + 1)
    expect(exactPercentileUs(hundred, 0.5)).toBe(50)
    expect(exactPercentileUs(hundred, 0.95)).toBe(95)
    expect(exactPercentileUs([7], 0.99)).toBe(7)
    expect(exactPercentileUs([1, 2, 3], 0.5)).toBe(2)
  })
})

describe('addHistograms', () => {
  test('takes out what was added', () => {
    fc.assert(
      fc.property(durations, durations, (kept, gone) => {
        const all = addHistograms(histogramOfAll(kept), histogramOfAll(gone))
        expect(histogramCount(all)).toBe(kept.length + gone.length)
        expect(encodeHistogram(addHistograms(all, histogramOfAll(gone), -1))).toBe(
          encodeHistogram(histogramOfAll(kept)),
        )
      }),
    )
  })
})

describe('encodeHistogram', () => {
  test('writes buckets in base 36 and leaves a count of 1 out', () => {
    expect(
      encodeHistogram(
        new Map([
          [40, 37],
          [0, 1],
          [35, -1],
          [7, 0],
        ]),
      ),
    ).toBe('0 z:-1 14:11')
  })

  test('is read back, and texts side by side are their sum', () => {
    fc.assert(
      fc.property(durations, durations, (one, other) => {
        const text = `${encodeHistogram(histogramOfAll(one))} ${encodeHistogram(histogramOfAll(other))}`
        expect(encodeHistogram(decodeHistogram(text))).toBe(encodeHistogram(histogramOfAll([...one, ...other])))
      }),
    )
  })
})

describe('decodeHistogram', () => {
  test('leaves out what came to nothing', () => {
    expect(decodeHistogram(' 5 5:-1  a:2 ')).toEqual(new Map([[10, 2]]))
    expect(decodeHistogram('')).toEqual(new Map())
  })
})

describe('addHistogramText', () => {
  test('adds to what is there, and leaves a bucket of nothing', () => {
    const sum = new Map([[10, 1]])
    addHistogramText(sum, 'a:-1 b:2')
    expect([...sum]).toEqual([
      [10, 0],
      [11, 2],
    ])
  })
})
