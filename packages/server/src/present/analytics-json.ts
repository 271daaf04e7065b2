import { isoTime } from '@tracellm/core'
import type { AnalyticsJson, BreakdownRowJson, FailuresJson } from '@tracellm/core/wire'
import type { Analytics, AnalyticsBucket, AnalyticsSummary, BreakdownRow, Failures } from '@tracellm/store'
import { presentTrace } from './trace-json.ts'
import { dollarsOf, millisecondsOf, orNull, sumOfCosts } from './units.ts'

export function presentAnalytics(analytics: Analytics): AnalyticsJson {
  return {
    from: isoTime(analytics.fromUs),
    to: isoTime(analytics.toUs),
    interval: analytics.interval,
    day_boundaries: analytics.dayBoundaries,
    out_of_range: analytics.outOfRange,
    limited: analytics.limited ?? null,
    summary: presentSummary(analytics.summary),
    charts: analytics.charts.map((bucket) => presentBucket(bucket)),
    status_breakdown: analytics.statusBreakdown.map((row) => presentRow(row)),
    model_breakdown: analytics.modelBreakdown.map((row) => presentRow(row)),
    project_breakdown: analytics.projectBreakdown.map((row) => presentRow(row)),
    tool_breakdown: analytics.toolBreakdown.map((row) => presentRow(row)),
    recent_failures: analytics.recentFailures.map((row) => presentTrace(row)),
  }
}

function presentSummary(summary: AnalyticsSummary): AnalyticsJson['summary'] {
  return {
    total_traces: summary.totalTraces,
    success_rate: summary.successRate ?? null,
    average_latency: orNull(summary.averageLatencyUs, millisecondsOf),
    p50_latency: orNull(summary.p50LatencyUs, millisecondsOf),
    p95_latency: orNull(summary.p95LatencyUs, millisecondsOf),
    p99_latency: orNull(summary.p99LatencyUs, millisecondsOf),
    total_token_usage: summary.inputTokens + summary.outputTokens,
    input_tokens: summary.inputTokens,
    output_tokens: summary.outputTokens,
    cache_read_tokens: summary.cacheReadTokens,
    cache_write_tokens: summary.cacheWriteTokens,
    reasoning_tokens: summary.reasoningTokens,
    total_cost_usd: sumOfCosts(summary),
    cost_is_partial: summary.unpricedCalls > 0,
    llm_calls: summary.llmCalls,
    tool_calls: summary.toolCalls,
    error_spans: summary.errorSpans,
    failed_traces: summary.failedTraces,
    warning_traces: summary.warningTraces,
    running_traces: summary.runningTraces,
    retries: summary.retries,
    slow_requests: summary.slowRequests,
    unpriced_calls: summary.unpricedCalls,
  }
}

function presentBucket(bucket: AnalyticsBucket): AnalyticsJson['charts'][number] {
  return {
    label: isoTime(bucket.startUs),
    traces: bucket.traces,
    failed: bucket.failed,
    warning: bucket.warning,
    latency: orNull(bucket.p50LatencyUs, millisecondsOf),
    p95_latency: orNull(bucket.p95LatencyUs, millisecondsOf),
    tokens: bucket.tokens,
    cached_tokens: bucket.cachedTokens,
    cost_usd: sumOfCosts(bucket),
  }
}

function presentRow(row: BreakdownRow): BreakdownRowJson {
  const { costNanoUsd, unpricedCalls = 0 } = row
  return {
    key: row.key,
    count: row.count,
    tokens: row.tokens ?? null,
    cost_usd: costNanoUsd === 0 && unpricedCalls > 0 ? null : orNull(costNanoUsd, dollarsOf),
    p95_latency: orNull(row.p95LatencyUs, millisecondsOf),
    errors: row.errors ?? null,
  }
}

/** Groups of alike failures come later; until then there are none. */
export function presentFailures(failures: Failures): FailuresJson {
  return {
    failed_traces: failures.failedTraces.map((row) => presentTrace(row)),
    retries: failures.retries.map((row) => presentTrace(row)),
    slow_requests: failures.slowRequests.map((row) => presentTrace(row)),
    totals: failures.totals,
    groups: [],
  }
}
