import type { JsonObject } from '../json/json-value.ts'
import { isOpen, modelOf, type Resource, type Span, type TraceContext } from '../span/span.ts'
import { saturated } from '../span/largest-figures.ts'
import { maxModels } from '../span/longest-texts.ts'
import { analyseTrace, type TraceAnalysis } from './analyse-trace.ts'
import { firstText } from './first-text.ts'
import { liftContext } from './lift-context.ts'
import { byEnd } from './span-order.ts'
import { failureReason, promptOf, responseOf } from './trace-texts.ts'
import { isAnswerCut, traceStatus, type TraceLifecycle } from './trace-status.ts'
import type { CallTotals, TraceStatus, TraceSummary } from './trace.ts'

/**
 * What the spans of a trace amount to: its totals, its status, and what it is called, asked and answered.
 * Plain and slow on purpose; the state that a store keeps is tested equal to it. At least one span; in any order.
 */
export function summarizeTrace(spans: readonly Span[], lifecycle: TraceLifecycle): TraceSummary {
  return summarizeAnalysis(analyseTrace(spans), lifecycle)
}

/** `summarizeTrace` of a trace that is analysed already. */
export function summarizeAnalysis(analysis: TraceAnalysis, lifecycle: TraceLifecycle): TraceSummary {
  const { root, rootFirst, tree } = analysis
  const context = liftContext(rootFirst.map((span) => span.context))
  const calls = countedCalls(analysis)
  const firstCall = calls.find((span) => span.type === 'llm' && modelOf(span)) ?? calls.find(modelOf) ?? calls[0]
  const counts = countSpans(analysis)
  const status = statusOf(analysis, counts, context.declaredStatus, lifecycle)
  return {
    traceId: root.traceId,
    name: context.traceName ?? root.name,
    status,
    startUs: tree.items[0]!.startUs,
    endUs: status === 'running' ? undefined : latestEndUs(tree.items),
    environment: context.environment,
    service: firstText(rootFirst, serviceOf),
    model: firstCall && modelOf(firstCall),
    provider: firstCall?.call?.provider,
    models: [...new Set(calls.map(modelOf))].filter((model) => model !== undefined).slice(0, maxModels),
    ...counts,
    failureReason: failureReason(analysis),
    sessionId: context.sessionId,
    userId: context.userId,
    tags: context.tags,
    prompt: promptOf(analysis),
    response: responseOf(analysis),
    ...callTotals(analysis),
  }
}

/** What all spans say about the trace beside its name; the root decides where two say something about one key. */
export function traceMetadata(spans: readonly Span[]): JsonObject {
  return liftContext(analyseTrace(spans).rootFirst.map((span) => span.context)).metadata
}

/** The release that the trace ran. */
export function traceRelease(spans: readonly Span[]): string | undefined {
  return liftContext(analyseTrace(spans).rootFirst.map((span) => span.context)).release
}

/** The resource of the root, or of the span that stands for it. */
export function traceResource(spans: readonly Span[]): Resource {
  return analyseTrace(spans).root.source.resource
}

type SpanCounts = Pick<TraceSummary, 'spanCount' | 'openSpans' | 'toolCalls' | 'errorCount' | 'retryCount'>

function countSpans({ tree, attempts }: TraceAnalysis): SpanCounts {
  const count = (holds: (span: Span) => boolean): number => tree.items.filter(holds).length
  return {
    spanCount: tree.items.length,
    openSpans: count(isOpen),
    toolCalls: count((span) => span.type === 'tool'),
    errorCount: count((span) => span.status === 'error'),
    retryCount: count((span) => attempts.get(span.spanId)! > 1),
  }
}

/** In start order. */
function countedCalls({ tree, counted }: TraceAnalysis): readonly Span[] {
  return tree.items.filter((_, row) => counted[row]!.call)
}

function callTotals({ tree, counted }: TraceAnalysis): CallTotals {
  const sum = (figure: (span: Span) => number | undefined, counts: 'usage' | 'cost'): number =>
    saturated(tree.items.reduce((total, span, row) => (counted[row]![counts] ? total + (figure(span) ?? 0) : total), 0))
  return {
    llmCalls: counted.filter((counts) => counts.call).length,
    inputTokens: sum((span) => span.call?.usage?.inputTokens, 'usage'),
    outputTokens: sum((span) => span.call?.usage?.outputTokens, 'usage'),
    cacheReadTokens: sum((span) => span.call?.usage?.cacheReadTokens, 'usage'),
    cacheWriteTokens: sum((span) => span.call?.usage?.cacheWriteTokens, 'usage'),
    reasoningTokens: sum((span) => span.call?.usage?.reasoningTokens, 'usage'),
    costNanoUsd: sum((span) => span.call?.cost?.nanoUsd, 'cost'),
    unpricedCalls: counted.filter((counts) => counts.unpriced).length,
  }
}

function statusOf(
  analysis: TraceAnalysis,
  counts: SpanCounts,
  declaredStatus: TraceContext['declaredStatus'],
  lifecycle: TraceLifecycle,
): TraceStatus {
  const { tree, root } = analysis
  const children = tree.children[tree.root]!.map((row) => tree.items[row]!)
  return traceStatus({
    openSpans: counts.openSpans,
    hasRoot: tree.hasRoot,
    rootStatus: root.status,
    lastChildFailed: children.toSorted(byEnd).at(-1)?.status === 'error',
    failedSpans: counts.errorCount,
    retries: counts.retryCount,
    cutAnswers: countedCalls(analysis).filter((span) => isAnswerCut(span.call?.finishReasons)).length,
    declaredStatus,
    lifecycle,
  })
}

function serviceOf(span: Span): string | undefined {
  const service = span.source.resource.attributes['service.name']
  return typeof service === 'string' ? service : undefined
}

function latestEndUs(spans: readonly Span[]): number | undefined {
  const endsUs = spans.flatMap((span) => (span.endUs === undefined ? [] : [span.endUs]))
  return endsUs.length === 0 ? undefined : endsUs.reduce((one, other) => Math.max(one, other))
}
