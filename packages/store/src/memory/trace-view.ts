import {
  activeTimeUs,
  analyseTrace,
  cutText,
  liftContext,
  stepOf,
  summarizeAnalysis,
  type Span,
  type Step,
  type TraceAnalysis,
  type TraceSummary,
} from '@tracellm/core'
import type { TraceDetail, TraceRow } from '../port/queries.ts'
import type { KeptTrace } from './kept-trace.ts'

const maxListedCharacters = 500

/** A trace with all that follows from its spans. */
export interface TraceView {
  readonly kept: KeptTrace
  readonly analysis: TraceAnalysis
  readonly summary: TraceSummary
}

/** @returns `undefined` for a trace of which only log records have come that stand for nothing. */
export function viewTrace(kept: KeptTrace, spans: readonly Span[]): TraceView | undefined {
  if (spans.length === 0) return undefined
  const analysis = analyseTrace(spans)
  const summary = summarizeAnalysis(analysis, kept.lifecycle)
  const { keyEnvironment } = kept
  return {
    kept,
    analysis,
    summary: keyEnvironment === undefined ? summary : { ...summary, environment: keyEnvironment },
  }
}

export function rowOf(view: TraceView): TraceRow {
  const { prompt, response } = view.summary
  return {
    ...wholeRowOf(view),
    prompt: prompt && cutText(prompt, maxListedCharacters),
    response: response && cutText(response, maxListedCharacters),
  }
}

export function detailOf(view: TraceView): TraceDetail {
  const { tree, root, rootFirst } = view.analysis
  const { metadata, release } = liftContext(rootFirst.map((span) => span.context))
  return { ...wholeRowOf(view), metadata, release, resource: root.source.resource, activeUs: activeTimeUs(tree) }
}

export function stepIn({ analysis }: TraceView, span: Span): Step {
  return stepOf(span, analysis.attempts.get(span.spanId)!)
}

function wholeRowOf({ kept, summary }: TraceView): TraceRow {
  const { projectId, slow, createdUs, updatedUs } = kept
  return { ...summary, projectId, slow, createdUs, updatedUs }
}
