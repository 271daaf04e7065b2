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
  return new Map([[bucketOf(durationUs), 1]])
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
 * The duration at or below which the share `fraction` (0..1) of all lies, by the nearest rank, within 1 %.
 * @returns `undefined` for an empty histogram.
 */
export function percentileUs(histogram: Histogram, fraction: number): number | undefined {
  const bucket = percentileBucket(histogram, fraction)
  return bucket === undefined ? undefined : bucketValueUs(bucket)
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
  for (const token of text.split(' ')) {
    if (token === '') continue
    const colon = token.indexOf(':')
    const bucket = Number.parseInt(token, 36)
    const count = colon === -1 ? 1 : Number.parseInt(token.slice(colon + 1), 36)
    histogram.set(bucket, (histogram.get(bucket) ?? 0) + count)
  }
  for (const [bucket, count] of histogram) if (count === 0) histogram.delete(bucket)
  return histogram
}

function inOrder(histogram: Histogram): [bucket: number, count: number][] {
  return [...histogram].toSorted(([one], [other]) => one - other)
}
