import { TraceLLMError, type Score, type Span, type SpanId, type Step } from '@tracellm/core'
import type { Page, PageRequest, SpanRead } from '../port/queries.ts'
import { ascending, pageOf } from './cursor.ts'
import { bodyRefsOf } from './read-bodies.ts'
import { stepIn, type TraceView } from './trace-view.ts'

export function readSteps(view: TraceView, page: PageRequest): Page<Step> {
  const { items: spans, nextCursor } = pageOf({ name: 'steps', ...listing(view) }, page)
  return { items: spans.map((span) => stepIn(view, span)), nextCursor }
}

export function readSpans(view: TraceView, scores: readonly Score[], page: PageRequest): Page<SpanRead> {
  const { items: spans, nextCursor } = pageOf({ name: 'spans', ...listing(view) }, page)
  return { items: spans.map((span) => wholeSpan(view, span, scores)), nextCursor }
}

/** In start order; ids that the trace does not have are left out. */
export function spansNamed({ analysis }: TraceView, spanIds: readonly SpanId[]): Span[] {
  const named = new Set(spanIds)
  return analysis.tree.items.filter((span) => named.has(span.spanId))
}

/** @throws TraceLLMError `TL_SPAN_NOT_FOUND`. */
export function spanIn(view: TraceView, spanId: SpanId): Span {
  const [span] = spansNamed(view, [spanId])
  if (span === undefined) throw new TraceLLMError('TL_SPAN_NOT_FOUND', `the trace has no span ${spanId}`)
  return span
}

/** @param scores of its trace. */
export function wholeSpan(view: TraceView, span: Span, scores: readonly Score[]): SpanRead {
  return {
    projectId: view.kept.projectId,
    traceStartUs: view.summary.startUs,
    step: stepIn(view, span),
    span,
    bodies: bodyRefsOf(span),
    evaluations: span.evaluations ?? [],
    scores: scores.filter((score) => score.spanId === span.spanId),
  }
}

function listing({ analysis }: TraceView): {
  items: readonly Span[]
  keyOf: (span: Span) => [number, string]
  compare: typeof ascending
} {
  return { items: analysis.tree.items, keyOf: (span) => [span.startUs, span.spanId], compare: ascending }
}
