/**
 * Durations in logarithmic buckets, each 2 % wider than the one before: whatever the number of durations, some hundreds
 * of counts give every percentile within 1 %. Counts are signed, so that taking a duration out is adding a histogram
 * too; adding is all that ever happens, in any order.
 *
 * ```
 * bucket     0       1            2               3
 *            0 us   [1, 1.02)    [1.02, 1.0404)  [1.0404, 1.0612)  …
 * ```
 * As text a histogram is `bucket[:count]` in base 36 with blanks between, in any order: `9k 9k:3 a1:-1`. A count of 1
 * is left out, a bucket may come more than once, and two texts with a blank between are the sum of both.
 */
export type Histogram = ReadonlyMap<number, number>

const growth = 1.02
const logGrowth = Math.log(growth)

/** The bucket of a duration. Zero has one of its own; nothing is shorter. */
export function bucketOf(durationUs: number): number {
  return durationUs < 1 ? 0 : 1 + Math.floor(Math.log(durationUs) / logGrowth)
}

/** The duration that stands for a bucket: at most 1 % from every other in it. */
export function bucketValueUs(bucket: number): number {
  return bucket === 0 ? 0 : growth ** (bucket - 1) * ((2 * growth) / (1 + growth))
}

/** One duration. */
export function histogramOf(durationUs: number): Histogram {
  return histogramOfAll([durationUs])
}

export function histogramOfAll(durationsUs: Iterable<number>): Histogram {
  const histogram = new Map<number, number>()
  for (const durationUs of durationsUs) addCount(histogram, bucketOf(durationUs), 1)
  return histogram
}

/** The sum, with `sign` -1 the difference. Buckets that come to nothing are left out. */
export function addHistograms(one: Histogram, other: Histogram, sign: 1 | -1 = 1): Histogram {
  const sum = new Map(one)
  for (const [bucket, count] of other) {
    const total = (sum.get(bucket) ?? 0) + sign * count
    if (total === 0) sum.delete(bucket)
    else sum.set(bucket, total)
  }
  return sum
}

export function histogramCount(histogram: Histogram): number {
  let total = 0
  for (const count of histogram.values()) total += count
  return total
}

/**
 * The duration at or below which the share `fraction` (0..1) of all lies, by the nearest rank. Of three significant
 * digits, as more would say more than is known: within 1.5 %, 1 % of the bucket and half of one of the rounding.
 * @returns `undefined` for an empty histogram.
 */
export function percentileUs(histogram: Histogram, fraction: number): number | undefined {
  const bucket = percentileBucket(histogram, fraction)
  return bucket === undefined ? undefined : Number(bucketValueUs(bucket).toPrecision(3))
}

/** The bucket that `percentileUs` lies in. */
export function percentileBucket(histogram: Histogram, fraction: number): number | undefined {
  let left = nearestRank(histogramCount(histogram), fraction)
  for (const [bucket, count] of inOrder(histogram)) {
    left -= count
    if (left <= 0) return bucket
  }
  return undefined
}

/** `percentileUs` of the durations themselves: what the histogram is measured by. */
export function exactPercentileUs(durationsUs: readonly number[], fraction: number): number | undefined {
  const sorted = durationsUs.toSorted((one, other) => one - other)
  return sorted[nearestRank(sorted.length, fraction) - 1]
}

/** The place, counted from 1, of the value that has the share `fraction` at or below it. */
function nearestRank(count: number, fraction: number): number {
  return Math.max(1, Math.ceil(count * fraction))
}

/** The shortest text of a histogram: each bucket once, in order. */
export function encodeHistogram(histogram: Histogram): string {
  return inOrder(histogram)
    .filter(([, count]) => count !== 0)
    .map(([bucket, count]) => bucket.toString(36) + (count === 1 ? '' : `:${count.toString(36)}`))
    .join(' ')
}

export function decodeHistogram(text: string): Histogram {
  const histogram = new Map<number, number>()
  addHistogramText(histogram, text)
  for (const [bucket, count] of histogram) if (count === 0) histogram.delete(bucket)
  return histogram
}

/**
 * Adds what a text tells to a sum in the making, which may keep buckets of 0. Read by characters, without a string for
 * each count: a month of analytics is 500,000 of them.
 */
export function addHistogramText(sum: Map<number, number>, text: string): void {
  let bucket: number | undefined
  let count: number | undefined
  let sign = 1
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : codeOf.blank
    if (code === codeOf.blank) {
      if (bucket !== undefined) addCount(sum, bucket, sign * (count ?? 1))
      bucket = undefined
      count = undefined
      sign = 1
    } else if (code === codeOf.colon) count = 0
    else if (code === codeOf.minus) sign = -1
    else if (count === undefined) bucket = (bucket ?? 0) * 36 + digitOf(code)
    else count = count * 36 + digitOf(code)
  }
}

function addCount(sum: Map<number, number>, bucket: number, count: number): void {
  sum.set(bucket, (sum.get(bucket) ?? 0) + count)
}

const codeOf = { blank: 0x20, minus: 0x2d, colon: 0x3a, nine: 0x39, zero: 0x30, a: 0x61 }

/** A digit in base 36, `0` to `z`. */
function digitOf(code: number): number {
  return code <= codeOf.nine ? code - codeOf.zero : code - codeOf.a + 10
}

function inOrder(histogram: Histogram): [bucket: number, count: number][] {
  return [...histogram].toSorted(([one], [other]) => one - other)
}
