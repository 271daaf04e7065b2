import { saturated, type Span, type TraceStatus } from '@tracellm/core'
import type { SeenSpan, Selection } from './selection.ts'
import type { TraceView } from './trace-view.ts'

/** How long traces took that have ended; asked for a model, how long the calls to it did. */
export function latenciesUs({ traces, spans }: Selection, model: string | undefined): number[] {
  if (model !== undefined) return durationsUs(callsOf(spans))
  return traces.flatMap(({ summary }) => (summary.endUs === undefined ? [] : [summary.endUs - summary.startUs]))
}

/** Of the spans that have ended. */
export function durationsUs(spans: readonly SeenSpan[]): number[] {
  return spans.flatMap(({ span }) => (span.endUs === undefined ? [] : [span.endUs - span.startUs]))
}

/** `undefined` of none. */
export function averageUs(durations: readonly number[]): number | undefined {
  return durations.length === 0 ? undefined : sum(durations, (us) => us) / durations.length
}

/** Those that count as a real call. */
export function callsOf(spans: readonly SeenSpan[]): SeenSpan[] {
  return spans.filter(({ counted }) => counted.call)
}

type TokenField = 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'reasoningTokens'

/** Tokens of one kind. */
export function tokensOfKind(spans: readonly SeenSpan[], field: TokenField): number {
  return saturated(sum(spans, ({ span, counted }) => (counted.usage ? used(span, field) : 0)))
}

/** Input and output. */
export function tokensOf(spans: readonly SeenSpan[]): number {
  return saturated(sum(spans, ({ span, counted }) => (counted.usage ? tokensOfSpan(span) : 0)))
}

function tokensOfSpan(span: Span): number {
  return used(span, 'inputTokens') + used(span, 'outputTokens')
}

function used(span: Span, field: TokenField): number {
  return span.call?.usage?.[field] ?? 0
}

/** In nano-USD. */
export function costOf(spans: readonly SeenSpan[]): number {
  return saturated(sum(spans, ({ span, counted }) => (counted.cost ? span.call!.cost!.nanoUsd : 0)))
}

/** How many calls have no price. */
export function unpricedOf(spans: readonly SeenSpan[]): number {
  return spans.filter(({ counted }) => counted.unpriced).length
}

/** How many traces have it. */
export function withStatus(traces: readonly TraceView[], status: TraceStatus): number {
  return traces.filter((view) => view.summary.status === status).length
}

function sum<Item>(items: readonly Item[], figure: (item: Item) => number): number {
  return items.reduce((total, item) => total + figure(item), 0)
}
