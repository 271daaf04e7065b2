import { exactPercentileUs, finishedStatuses } from '@tracellm/core'
import type { AnalyticsRange } from '../derive/analytics-range.ts'
import type { Analytics, AnalyticsBucket, AnalyticsSummary } from '../port/queries.ts'
import { breakdowns } from './recount-breakdowns.ts'
import {
  averageUs,
  callsOf,
  costOf,
  latenciesUs,
  tokensOf,
  tokensOfKind,
  unpricedOf,
  withStatus,
} from './selection-figures.ts'
import { between, selectOf, type Selection } from './selection.ts'
import type { TraceView } from './trace-view.ts'

/**
 * The figures of analytics counted again from all traces and spans, percentiles from every single duration: what
 * `analyticsFromRollups` says in short, said at length.
 * @param views of the scope and the environment, whenever they started.
 */
export function recountAnalytics(
  views: readonly TraceView[],
  range: AnalyticsRange,
  model: string | undefined,
): Omit<Analytics, 'outOfRange' | 'recentFailures' | 'limited'> {
  const { fromUs, toUs, interval, dayBoundaries, bucketStartsUs } = range
  const seen = between(selectOf(views, model), fromUs, toUs)
  return {
    fromUs,
    toUs,
    interval,
    dayBoundaries,
    summary: summaryOf(seen, model),
    charts: bucketStartsUs.map((startUs, at) => {
      const bucket = between(seen, at === 0 ? fromUs : startUs, bucketStartsUs[at + 1] ?? toUs)
      return bucketOf(bucket, model, startUs)
    }),
    ...breakdowns(seen, model),
  }
}

function summaryOf(selection: Selection, model: string | undefined): AnalyticsSummary {
  const { traces, spans } = selection
  const latencies = latenciesUs(selection, model)
  const finished = finishedStatuses.reduce((total, status) => total + withStatus(traces, status), 0)
  const good = withStatus(traces, 'success') + withStatus(traces, 'warning')
  return {
    totalTraces: traces.length,
    successRate: finished === 0 ? undefined : good / finished,
    averageLatencyUs: averageUs(latencies),
    p50LatencyUs: exactPercentileUs(latencies, 0.5),
    p95LatencyUs: exactPercentileUs(latencies, 0.95),
    p99LatencyUs: exactPercentileUs(latencies, 0.99),
    llmCalls: callsOf(spans).length,
    inputTokens: tokensOfKind(spans, 'inputTokens'),
    outputTokens: tokensOfKind(spans, 'outputTokens'),
    cacheReadTokens: tokensOfKind(spans, 'cacheReadTokens'),
    cacheWriteTokens: tokensOfKind(spans, 'cacheWriteTokens'),
    reasoningTokens: tokensOfKind(spans, 'reasoningTokens'),
    costNanoUsd: costOf(spans),
    unpricedCalls: unpricedOf(spans),
    toolCalls: spans.filter(({ span }) => span.type === 'tool').length,
    errorSpans: spans.filter(({ span }) => span.status === 'error').length,
    failedTraces: withStatus(traces, 'failed'),
    warningTraces: withStatus(traces, 'warning'),
    runningTraces: withStatus(traces, 'running'),
    retries: spans.filter(({ attempt }) => attempt > 1).length,
    slowRequests: traces.filter(({ kept, summary }) => kept.slow && summary.status !== 'running').length,
  }
}

function bucketOf(selection: Selection, model: string | undefined, startUs: number): AnalyticsBucket {
  const { traces, spans } = selection
  const latencies = latenciesUs(selection, model)
  return {
    startUs,
    traces: traces.length,
    failed: withStatus(traces, 'failed'),
    warning: withStatus(traces, 'warning'),
    p50LatencyUs: exactPercentileUs(latencies, 0.5),
    p95LatencyUs: exactPercentileUs(latencies, 0.95),
    tokens: tokensOf(spans),
    cachedTokens: tokensOfKind(spans, 'cacheReadTokens'),
    costNanoUsd: costOf(spans),
    unpricedCalls: unpricedOf(spans),
  }
}
