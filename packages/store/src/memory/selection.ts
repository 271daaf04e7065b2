import { isCallType, modelOf, type Counted, type Span } from '@tracellm/core'
import type { TraceView } from './trace-view.ts'

/** A span with what its trace says about it. */
export interface SeenSpan {
  readonly view: TraceView
  readonly span: Span
  readonly counted: Counted
  readonly attempt: number
}

/** The traces and the spans that figures are counted from. */
export interface Selection {
  readonly traces: readonly TraceView[]
  readonly spans: readonly SeenSpan[]
}

/** Everything; asked for a model, the traces whose own it is and the calls to it, in whatever traces. */
export function selectOf(views: readonly TraceView[], model: string | undefined): Selection {
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

/** What of a selection starts in a range; its end is outside. */
export function between({ traces, spans }: Selection, fromUs: number, toUs: number): Selection {
  const holds = (instantUs: number): boolean => instantUs >= fromUs && instantUs < toUs
  return {
    traces: traces.filter((view) => holds(view.summary.startUs)),
    spans: spans.filter(({ span }) => holds(span.startUs)),
  }
}
