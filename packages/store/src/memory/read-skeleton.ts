import { TraceLLMError } from '@tracellm/core'
import type { SkeletonColumns } from '../port/queries.ts'
import { stepIn, type TraceView } from './trace-view.ts'

const maxSkeletonSpans = 200_000

export function readSkeleton(view: TraceView): SkeletonColumns {
  const spans = view.analysis.tree.items
  if (spans.length > maxSkeletonSpans) {
    throw new TraceLLMError('TL_TRACE_TOO_LARGE', `${spans.length} spans, at most ${maxSkeletonSpans} are drawn`)
  }
  const { startUs } = view.summary
  const names = [...new Set(spans.map((span) => span.name))]
  const rows = new Map(spans.map((span, row) => [span.spanId, row]))
  const steps = spans.map((span) => stepIn(view, span))
  return {
    count: spans.length,
    startUs,
    names,
    spanId: spans.map((span) => span.spanId),
    parent: spans.map((span) => (span.parentId && rows.get(span.parentId)) ?? -1),
    name: spans.map((span) => names.indexOf(span.name)),
    type: spans.map((span) => span.type),
    status: spans.map((span) => span.status),
    offsetUs: spans.map((span) => span.startUs - startUs),
    durationUs: steps.map((step) => step.durationUs ?? null),
    tokens: column(steps.map((step) => sumOf(step.inputTokens, step.outputTokens))),
    costNanoUsd: column(steps.map((step) => step.costNanoUsd ?? null)),
    error: column(steps.map((step) => step.error ?? null)),
  }
}

/** Absent where every value would be. */
function column<Value>(values: (Value | null)[]): (Value | null)[] | undefined {
  return values.every((value) => value === null) ? undefined : values
}

function sumOf(one: number | undefined, other: number | undefined): number | null {
  return one === undefined && other === undefined ? null : (one ?? 0) + (other ?? 0)
}
