import { isSpanId } from '../ids/ids.ts'
import type { DecodedSpan } from '../otlp/span-request.ts'

/**
 * The span that a placeholder stands for, still running; any other span as it is.
 *
 * Logfire announces a span when it starts by another, zero long, that is its child: its parent's id is the id of the
 * span to come, and that one's parent is named by `logfire.pending_parent_id` (zeros for a root). Mapped to the real
 * id it is replaced by the real span, as every open span is by its end.
 */
export function announced(span: DecodedSpan): DecodedSpan {
  if (span.attributes['logfire.span_type'] !== 'pending_span' || span.parentSpanId === undefined) return span
  const parent = span.attributes['logfire.pending_parent_id']
  return {
    ...span,
    spanId: span.parentSpanId,
    parentSpanId: typeof parent === 'string' && isSpanId(parent) ? parent : undefined,
    name: span.name.replace(/ \(pending\)$/, ''),
    endUs: undefined,
  }
}
