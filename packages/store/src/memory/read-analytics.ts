import { analyticsRange, oldestDefaultUs, recentFailureCount } from '../derive/analytics-range.ts'
import type { Analytics, AnalyticsQuery, Failures, FailuresQuery } from '../port/queries.ts'
import { newestFirst } from './list-traces.ts'
import { recountAnalytics } from './recount-analytics.ts'
import { rowOf, type TraceView } from './trace-view.ts'

/** @param views of the scope. */
export function readAnalytics(views: readonly TraceView[], query: AnalyticsQuery, nowUs: number): Analytics {
  const own = views.filter(({ summary }) => isEqual(summary.environment, query.environment))
  const startsUs = own.map((view) => view.summary.startUs).filter((startUs) => startUs >= oldestDefaultUs(nowUs))
  const oldestUs = startsUs.length === 0 ? undefined : startsUs.reduce((one, other) => Math.min(one, other))
  const range = analyticsRange(query, nowUs, oldestUs)

  const ofModel = own.filter(({ summary }) => isEqual(summary.model, query.model))
  const inRange = ofModel.filter(({ summary }) => summary.startUs >= range.fromUs && summary.startUs < range.toUs)
  const isDefaultRange = query.fromUs === undefined && query.toUs === undefined
  const failures = newestFirst(inRange.filter((view) => view.summary.status === 'failed'))
  return {
    ...recountAnalytics(own, range, query.model),
    outOfRange: isDefaultRange ? ofModel.length - inRange.length : 0,
    recentFailures: failures.slice(0, recentFailureCount).map(rowOf),
  }
}

/** @param views of the scope. */
export function readFailures(views: readonly TraceView[], query: FailuresQuery): Failures {
  const own = newestFirst(
    views.filter(
      ({ summary }) =>
        isEqual(summary.environment, query.environment) &&
        summary.startUs >= (query.fromUs ?? 0) &&
        summary.startUs < (query.toUs ?? Number.POSITIVE_INFINITY),
    ),
  )
  const failed = own.filter((view) => view.summary.status === 'failed')
  const retries = own.filter((view) => view.summary.retryCount > 0)
  const slow = own.filter((view) => view.kept.slow)
  return {
    failedTraces: failed.slice(0, query.limit).map(rowOf),
    retries: retries.slice(0, query.limit).map(rowOf),
    slowRequests: slow.slice(0, query.limit).map(rowOf),
    totals: { failed: failed.length, retries: retries.length, slow: slow.length },
  }
}

function isEqual(value: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted
}
