import type { SpanId, TraceId } from '@tracellm/core'
import { joinSpan } from '../../bodies/index.ts'
import type { Page, PageRequest, SpanRead } from '../../port/queries.ts'
import { bodyRefsOf } from './read-bodies.ts'
import { scoresOf } from './read-scores.ts'
import { outlineOf, pageOfSpans } from './read-steps.ts'
import { storedSpan, textOfEntry } from './stored-span.ts'
import type { View, ViewedTrace } from './view.ts'

/** One span whole. @throws TraceLLMError `TL_SPAN_NOT_FOUND`. */
export function readSpan(view: View, traceId: TraceId, spanId: SpanId): SpanRead {
  const trace = view.findTrace(traceId)
  return spanRead(view, trace, startOf(view, trace), spanId)
}

/** All spans of a trace whole, in start order, page by page. */
export function readSpans(view: View, traceId: TraceId, page: PageRequest): Page<SpanRead> {
  const trace = view.findTrace(traceId)
  const { items, ...next } = pageOfSpans(outlineOf(view, trace), page)
  const startUs = startOf(view, trace)
  return { items: items.map(({ spanId }) => spanRead(view, trace, startUs, spanId)), ...next }
}

function startOf({ reader }: View, { tid }: ViewedTrace): number {
  return reader.number('select start_us from trace where id = :tid', { tid })!
}

function spanRead(view: View, trace: ViewedTrace, traceStartUs: number, spanId: SpanId): SpanRead {
  const stored = storedSpan(view, trace, spanId)
  const span = joinSpan(stored, textOfEntry(view.reader))
  return {
    projectId: trace.project.projectId,
    traceStartUs,
    step: stored.step,
    span,
    bodies: bodyRefsOf(view.reader, stored),
    evaluations: span.evaluations ?? [],
    scores: scoresOf(view, trace, spanId),
  }
}
