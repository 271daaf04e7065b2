import {
  exactPercentileUs,
  finishedStatuses,
  isCallType,
  modelOf,
  saturated,
  type Counted,
  type Span,
  type TraceStatus,
} from '@tracellm/core'
import type { AnalyticsRange } from '../derive/analytics-range.ts'
import type { Analytics, AnalyticsBucket, AnalyticsSummary, BreakdownRow } from '../port/queries.ts'
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

/** A span with what its trace says about it. */
interface SeenSpan {
  readonly view: TraceView
  readonly span: Span
  readonly counted: Counted
  readonly attempt: number
}

interface Selection {
  readonly traces: readonly TraceView[]
  readonly spans: readonly SeenSpan[]
}

function selectOf(views: readonly TraceView[], model: string | undefined): Selection {
  const spans = views.flatMap((view) =>
    view.analysis.tree.items.map((span, row): SeenSpan => {
      const attempt = view.analysis.attempts.get(span.spanId)!
      return { view, span, counted: view.analysis.counted[row]!, attempt }
    }),
  )
  if (model === undefined) return { traces: views, spans }
  return {
    traces: views.filter((view) => view.summary.model === model),
    spans: spans.filter(({ span }) => isCallType(span.type) && modelOf(span) === model),
  }
}

function between({ traces, spans }: Selection, fromUs: number, toUs: number): Selection {
  const holds = (instantUs: number): boolean => instantUs >= fromUs && instantUs < toUs
  return {
    traces: traces.filter((view) => holds(view.summary.startUs)),
    spans: spans.filter(({ span }) => holds(span.startUs)),
  }
}

function summaryOf(selection: Selection, model: string | undefined): AnalyticsSummary {
  const { traces, spans } = selection
  const latencies = latenciesUs(selection, model)
  const finished = finishedStatuses.reduce((total, status) => total + withStatus(traces, status), 0)
  const good = withStatus(traces, 'success') + withStatus(traces, 'warning')
  const tokens = (field: TokenField): number =>
    saturated(sum(spans, ({ span, counted }) => (counted.usage ? used(span, field) : 0)))
  return {
    totalTraces: traces.length,
    successRate: finished === 0 ? undefined : good / finished,
    averageLatencyUs: latencies.length === 0 ? undefined : sum(latencies, (us) => us) / latencies.length,
    p50LatencyUs: exactPercentileUs(latencies, 0.5),
    p95LatencyUs: exactPercentileUs(latencies, 0.95),
    p99LatencyUs: exactPercentileUs(latencies, 0.99),
    llmCalls: callsOf(spans).length,
    inputTokens: tokens('inputTokens'),
    outputTokens: tokens('outputTokens'),
    cacheReadTokens: tokens('cacheReadTokens'),
    cacheWriteTokens: tokens('cacheWriteTokens'),
    reasoningTokens: tokens('reasoningTokens'),
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
    cachedTokens: saturated(sum(spans, ({ span, counted }) => (counted.usage ? used(span, 'cacheReadTokens') : 0))),
    costNanoUsd: costOf(spans),
    unpricedCalls: unpricedOf(spans),
  }
}

function breakdowns(
  { traces, spans }: Selection,
  model: string | undefined,
): Pick<Analytics, 'statusBreakdown' | 'modelBreakdown' | 'projectBreakdown' | 'toolBreakdown'> {
  const calls = spans.filter(({ span }) => isCallType(span.type))
  const tools = spans.filter(({ span }) => span.type === 'tool')
  const projects = new Set([...traces, ...spans.map(({ view }) => view)].map((view) => view.kept.projectId))
  return {
    statusBreakdown: sorted(
      [...Map.groupBy(traces, (view) => view.summary.status)].map(([key, group]) => ({ key, count: group.length })),
    ),
    modelBreakdown: sorted(
      [...Map.groupBy(calls, ({ span }) => modelOf(span) ?? '(unknown)')].map(([key, group]) => modelRow(key, group)),
    ),
    projectBreakdown: sorted(
      [...projects].map((projectId) => {
        const own = (view: TraceView): boolean => view.kept.projectId === projectId
        const part = { traces: traces.filter(own), spans: spans.filter(({ view }) => own(view)) }
        return projectRow(projectId, part, model)
      }),
    ),
    toolBreakdown: sorted(
      [...Map.groupBy(tools, ({ span }) => span.tool?.name ?? span.name)].map(([key, group]) => toolRow(key, group)),
    ),
  }
}

function modelRow(key: string, calls: readonly SeenSpan[]): BreakdownRow {
  const counted = callsOf(calls)
  return {
    ...priced(key, calls),
    count: counted.length,
    errors: counted.filter(({ span }) => span.status === 'error').length,
    p95LatencyUs: exactPercentileUs(durationsUs(counted), 0.95),
  }
}

function projectRow(key: string, selection: Selection, model: string | undefined): BreakdownRow {
  return {
    ...priced(key, selection.spans),
    count: selection.traces.length,
    errors: withStatus(selection.traces, 'failed'),
    p95LatencyUs: exactPercentileUs(latenciesUs(selection, model), 0.95),
  }
}

function toolRow(key: string, tools: readonly SeenSpan[]): BreakdownRow {
  const errors = tools.filter(({ span }) => span.status === 'error').length
  return { key, count: tools.length, errors, p95LatencyUs: exactPercentileUs(durationsUs(tools), 0.95) }
}

function priced(key: string, spans: readonly SeenSpan[]): Omit<BreakdownRow, 'count'> {
  return { key, tokens: tokensOf(spans), costNanoUsd: costOf(spans), unpricedCalls: unpricedOf(spans) }
}

/** Of traces; asked for a model, of the calls to it. */
function latenciesUs({ traces, spans }: Selection, model: string | undefined): number[] {
  if (model !== undefined) return durationsUs(callsOf(spans))
  return traces.flatMap(({ summary }) => (summary.endUs === undefined ? [] : [summary.endUs - summary.startUs]))
}

function durationsUs(spans: readonly SeenSpan[]): number[] {
  return spans.flatMap(({ span }) => (span.endUs === undefined ? [] : [span.endUs - span.startUs]))
}

function callsOf(spans: readonly SeenSpan[]): SeenSpan[] {
  return spans.filter(({ counted }) => counted.call)
}

type TokenField = 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'reasoningTokens'

function used(span: Span, field: TokenField): number {
  return span.call?.usage?.[field] ?? 0
}

function tokensOfSpan(span: Span): number {
  return used(span, 'inputTokens') + used(span, 'outputTokens')
}

function tokensOf(spans: readonly SeenSpan[]): number {
  return saturated(sum(spans, ({ span, counted }) => (counted.usage ? tokensOfSpan(span) : 0)))
}

function costOf(spans: readonly SeenSpan[]): number {
  return saturated(sum(spans, ({ span, counted }) => (counted.cost ? span.call!.cost!.nanoUsd : 0)))
}

function unpricedOf(spans: readonly SeenSpan[]): number {
  return spans.filter(({ counted }) => counted.unpriced).length
}

function withStatus(traces: readonly TraceView[], status: TraceStatus): number {
  return traces.filter((view) => view.summary.status === status).length
}

function sum<Item>(items: readonly Item[], figure: (item: Item) => number): number {
  return items.reduce((total, item) => total + figure(item), 0)
}

function sorted(rows: readonly BreakdownRow[]): BreakdownRow[] {
  return rows
    .filter((row) => row.count !== 0 || (row.tokens ?? 0) !== 0 || (row.costNanoUsd ?? 0) !== 0)
    .toSorted((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
}
