import {
  finishedStatuses,
  histogramCount,
  percentileUs,
  saturated,
  type Histogram,
  type RollupSums,
} from '@tracellm/core'
import type { AnalyticsBucket, AnalyticsSummary, BreakdownRow } from '../port/queries.ts'

/** What is summed for the whole, for a bucket of the chart, and for a line of a breakdown. */
export class Tally {
  traces = 0
  readonly byStatus = new Map<string, number>()
  slow = 0
  spans = 0
  errors = 0
  calls = 0
  failedCalls = 0
  inputTokens = 0
  outputTokens = 0
  cacheReadTokens = 0
  cacheWriteTokens = 0
  reasoningTokens = 0
  costNanoUsd = 0
  unpricedCalls = 0
  retries = 0
  durationUs = 0
  readonly histogram = new Map<number, number>()

  addTraces(status: string, count: number): void {
    this.traces += count
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + count)
  }

  addSpans(status: string, sums: Omit<RollupSums, 'histogram'>): void {
    this.spans += sums.count
    this.calls += sums.calls
    if (status === 'error') {
      this.errors += sums.count
      this.failedCalls += sums.calls
    }
    this.inputTokens += sums.inputTokens
    this.outputTokens += sums.outputTokens
    this.cacheReadTokens += sums.cacheReadTokens
    this.cacheWriteTokens += sums.cacheWriteTokens
    this.reasoningTokens += sums.reasoningTokens
    this.costNanoUsd += sums.costNanoUsd
    this.unpricedCalls += sums.unpricedCalls
    this.retries += sums.retries
  }

  addLatency(durationUs: number, histogram: Histogram): void {
    this.durationUs += durationUs
    for (const [bucket, count] of histogram) this.histogram.set(bucket, (this.histogram.get(bucket) ?? 0) + count)
  }

  get tokens(): number {
    return saturated(this.inputTokens + this.outputTokens)
  }

  of(status: string): number {
    return this.byStatus.get(status) ?? 0
  }
}

export function summaryOf(tally: Tally, toolCalls: number): AnalyticsSummary {
  const finished = finishedStatuses.reduce((total, status) => total + tally.of(status), 0)
  const timed = histogramCount(tally.histogram)
  return {
    totalTraces: tally.traces,
    successRate: finished === 0 ? undefined : (tally.of('success') + tally.of('warning')) / finished,
    averageLatencyUs: timed === 0 ? undefined : tally.durationUs / timed,
    p50LatencyUs: percentileUs(tally.histogram, 0.5),
    p95LatencyUs: percentileUs(tally.histogram, 0.95),
    p99LatencyUs: percentileUs(tally.histogram, 0.99),
    llmCalls: tally.calls,
    inputTokens: saturated(tally.inputTokens),
    outputTokens: saturated(tally.outputTokens),
    cacheReadTokens: saturated(tally.cacheReadTokens),
    cacheWriteTokens: saturated(tally.cacheWriteTokens),
    reasoningTokens: saturated(tally.reasoningTokens),
    costNanoUsd: saturated(tally.costNanoUsd),
    unpricedCalls: tally.unpricedCalls,
    toolCalls,
    errorSpans: tally.errors,
    failedTraces: tally.of('failed'),
    warningTraces: tally.of('warning'),
    runningTraces: tally.of('running'),
    retries: tally.retries,
    slowRequests: tally.slow,
  }
}

export function chartBucketOf(tally: Tally, startUs: number): AnalyticsBucket {
  return {
    startUs,
    traces: tally.traces,
    failed: tally.of('failed'),
    warning: tally.of('warning'),
    p50LatencyUs: percentileUs(tally.histogram, 0.5),
    p95LatencyUs: percentileUs(tally.histogram, 0.95),
    tokens: tally.tokens,
    cachedTokens: saturated(tally.cacheReadTokens),
    costNanoUsd: saturated(tally.costNanoUsd),
    unpricedCalls: tally.unpricedCalls,
  }
}

export function modelRow(key: string, tally: Tally): BreakdownRow {
  return { ...priced(key, tally), count: tally.calls, errors: tally.failedCalls }
}

export function projectRow(key: string, tally: Tally): BreakdownRow {
  return { ...priced(key, tally), count: tally.traces, errors: tally.of('failed') }
}

function priced(key: string, tally: Tally): Omit<BreakdownRow, 'count'> {
  return {
    key,
    tokens: tally.tokens,
    costNanoUsd: saturated(tally.costNanoUsd),
    unpricedCalls: tally.unpricedCalls,
    p95LatencyUs: percentileUs(tally.histogram, 0.95),
  }
}

export function toolRow(key: string, tally: Tally): BreakdownRow {
  return { key, count: tally.spans, p95LatencyUs: percentileUs(tally.histogram, 0.95), errors: tally.errors }
}
