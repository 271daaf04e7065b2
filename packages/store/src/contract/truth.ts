import {
  activeTimeUs,
  analyseTrace,
  cutText,
  liftContext,
  livingTrace,
  stepOf,
  summarizeTrace,
  type Span,
  type Step,
  type TraceLifecycle,
} from '@tracellm/core'
import type { TraceDetail } from '../port/queries.ts'

/** What core says of some spans, in the form in which stores answer. */
export interface TrueTrace {
  readonly detail: Omit<TraceDetail, 'projectId' | 'createdUs' | 'updatedUs' | 'slow'>
  readonly steps: readonly Step[]
  readonly spans: readonly Span[]
}

export function trueTrace(spans: readonly Span[], lifecycle: TraceLifecycle = livingTrace): TrueTrace {
  const { tree, root, rootFirst, attempts } = analyseTrace(spans)
  const { metadata, release } = liftContext(rootFirst.map((span) => span.context))
  const resource = root.source.resource
  const summary = summarizeTrace(spans, lifecycle)
  return {
    detail: { ...summary, metadata, release, resource, activeUs: activeTimeUs(tree) },
    steps: tree.items.map((span) => stepOf(span, attempts.get(span.spanId)!)),
    spans: tree.items,
  }
}

/** A trace's figures as lists show them. */
export function trueRow(
  spans: readonly Span[],
): Omit<TrueTrace['detail'], 'metadata' | 'release' | 'resource' | 'activeUs'> {
  const summary = summarizeTrace(spans, livingTrace)
  const { prompt, response } = summary
  return { ...summary, prompt: prompt && cutText(prompt, 500), response: response && cutText(response, 500) }
}
