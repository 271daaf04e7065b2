import type { SpanId } from '@tracellm/core'
import type { SpanChangeType } from './announcer.ts'
import type { TraceView } from './trace-view.ts'

/** Which spans of a trace are new or stand otherwise than before. */
export function changedSpans(before: TraceView | undefined, after: TraceView | undefined): Map<SpanId, SpanChangeType> {
  const known = new Map(before?.analysis.tree.items.map((span) => [span.spanId, JSON.stringify(span)]))
  const changed = new Map<SpanId, SpanChangeType>()
  for (const span of after?.analysis.tree.items ?? []) {
    const text = known.get(span.spanId)
    if (text === JSON.stringify(span)) continue
    changed.set(span.spanId, text === undefined ? 'span.created' : 'span.updated')
  }
  return changed
}
