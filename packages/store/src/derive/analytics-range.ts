import { bucketStartUs, bucketWidthUs, TraceLLMError, zonedDayStarts, type BucketWidth } from '@tracellm/core'
import type { Analytics, AnalyticsQuery, Interval } from '../port/queries.ts'

const maxBuckets = 500
const hourUs = bucketWidthUs.hour

/** How many of the newest failures analytics show. */
export const recentFailureCount = 10

/** What analytics look at, with every default settled and every edge where a rollup row begins. */
export interface AnalyticsRange {
  readonly fromUs: number
  readonly toUs: number
  readonly interval: Interval
  readonly dayBoundaries: Analytics['dayBoundaries']
  /** Ascending; the first holds `fromUs`, each reaches to the next and the last to `toUs`. */
  readonly bucketStartsUs: readonly number[]
}

/** From when on a store has rows of a minute, and of an hour; what is older it has by UTC days. */
export interface RollupsKept {
  readonly minutesFromUs: number
  readonly hoursFromUs: number
}

/** A store that has folded nothing yet. */
export const everyMinuteKept: RollupsKept = { minutesFromUs: 0, hoursFromUs: 0 }

/** The furthest back that the default range looks. */
export function oldestDefaultUs(nowUs: number): number {
  return Math.max(0, nowUs - 3653 * bucketWidthUs.day)
}

/**
 * Settles the range and the buckets of a chart.
 *
 * Without `fromUs` it begins with the oldest trace (an hour ago when there is none), without `toUs` it ends an hour from
 * now. Edges are widened to the rows there are. Minutes serve up to three hours, hours up to a week, else days; beyond
 * 500 days each bucket has several.
 * @param oldestUs the start of the oldest trace in scope since `oldestDefaultUs`.
 * @throws TraceLLMError `TL_TOO_MANY_BUCKETS` when the interval asked for makes more than 500, `TL_BAD_PARAMETER` for
 * a range that ends before it begins or an unknown time zone.
 */
export function analyticsRange(
  query: AnalyticsQuery,
  nowUs: number,
  oldestUs: number | undefined,
  kept: RollupsKept = everyMinuteKept,
): AnalyticsRange {
  const toAskedUs = query.toUs ?? Math.max(nowUs + hourUs, query.fromUs ?? 0)
  const fromAskedUs = query.fromUs ?? Math.min(oldestUs ?? nowUs - hourUs, toAskedUs)
  if (toAskedUs < fromAskedUs) throw new TraceLLMError('TL_BAD_PARAMETER', '`to` is before `from`')

  const fromUs = bucketStartUs(Math.max(0, fromAskedUs), widthKept(fromAskedUs, kept))
  const toUs = Math.max(endOfRow(toAskedUs, kept), fromUs + bucketWidthUs.minute)
  const interval = query.interval ?? fittingInterval(toUs - fromUs, fromUs, kept)
  return { fromUs, toUs, interval, ...buckets(fromUs, toUs, interval, query.timeZone ?? 'UTC', kept) }
}

function widthKept(instantUs: number, kept: RollupsKept): BucketWidth {
  if (instantUs >= kept.minutesFromUs) return 'minute'
  return instantUs >= kept.hoursFromUs ? 'hour' : 'day'
}

/** The end of the row before an instant, or the instant itself where it is an edge. */
function endOfRow(instantUs: number, kept: RollupsKept): number {
  const width = widthKept(instantUs - 1, kept)
  return bucketStartUs(instantUs + bucketWidthUs[width] - 1, width)
}

function fittingInterval(lengthUs: number, fromUs: number, kept: RollupsKept): Interval {
  const finest = widthKept(fromUs, kept)
  if (finest === 'minute' && lengthUs <= 3 * hourUs) return 'minute'
  if (finest !== 'day' && lengthUs <= 7 * bucketWidthUs.day) return 'hour'
  return 'day'
}

function buckets(
  fromUs: number,
  toUs: number,
  interval: Interval,
  timeZone: string,
  kept: RollupsKept,
): Pick<AnalyticsRange, 'dayBoundaries' | 'bucketStartsUs'> {
  const viewerFromUs = timeZone === 'UTC' ? toUs : Math.max(fromUs, Math.min(kept.hoursFromUs, toUs))
  const dayBoundaries = viewerFromUs >= toUs ? 'utc' : viewerFromUs > fromUs ? 'mixed' : 'viewer'
  if (interval !== 'day') return { dayBoundaries, bucketStartsUs: evenStarts(fromUs, toUs, interval) }

  const stepDays = Math.ceil((toUs - fromUs) / bucketWidthUs.day / (maxBuckets - 2))
  const utcDays = dayStarts(fromUs, viewerFromUs, 'UTC', stepDays)
  const viewerDays = dayStarts(viewerFromUs, toUs, timeZone, stepDays)
  // Where rows are by UTC days the viewer's first day begins with them.
  if (utcDays.length > 0 && viewerDays.length > 0) viewerDays[0] = viewerFromUs
  return { dayBoundaries, bucketStartsUs: [...utcDays, ...viewerDays] }
}

function evenStarts(fromUs: number, toUs: number, interval: 'minute' | 'hour'): number[] {
  const firstUs = bucketStartUs(fromUs, interval)
  const count = Math.ceil((toUs - firstUs) / bucketWidthUs[interval])
  if (count > maxBuckets) {
    throw new TraceLLMError('TL_TOO_MANY_BUCKETS', `${count} ${interval}s, at most ${maxBuckets} are given`)
  }
  return Array.from({ length: count }, (_, at) => firstUs + at * bucketWidthUs[interval])
}

function dayStarts(fromUs: number, toUs: number, timeZone: string, stepDays: number): number[] {
  if (fromUs >= toUs) return []
  try {
    return zonedDayStarts(fromUs, toUs, timeZone, stepDays)
  } catch (cause) {
    throw new TraceLLMError('TL_BAD_PARAMETER', `no time zone is called ${JSON.stringify(timeZone)}`, { cause })
  }
}
