import {
  isOpen,
  livingTrace,
  spanIdleUs,
  traceIdleUs,
  type Resource,
  type Span,
  type TraceLifecycle,
} from '@tracellm/core'
import type { Touch } from './announcer.ts'
import type { TraceTable } from './trace-table.ts'
import type { TraceView } from './trace-view.ts'

/** Ends running traces by the idle rules. @param senders when something last came from each `service.instance.id`. */
export function sweepIdle(traces: TraceTable, senders: ReadonlyMap<string, number>, nowUs: number): Touch[] {
  const touches: Touch[] = []
  for (const view of traces.views({})) {
    if (view.summary.status !== 'running') continue
    const lifecycle = lifecycleOf(view, senders, nowUs)
    if (lifecycle === livingTrace) continue
    view.kept.lifecycle = lifecycle
    view.kept.updatedUs = nowUs
    traces.hasChanged(view.kept)
    touches.push({ kept: view.kept, before: view, spans: new Map() })
  }
  return touches
}

function lifecycleOf(
  { kept, analysis }: TraceView,
  senders: ReadonlyMap<string, number>,
  nowUs: number,
): TraceLifecycle {
  const isSilent = (span: Span): boolean =>
    nowUs - (senders.get(instanceOf(span.source.resource) ?? '') ?? kept.updatedUs) >= spanIdleUs
  const open = analysis.tree.items.filter(isOpen)
  if (open.some(isSilent)) return { processGone: true, rootOverdue: false }
  const isOverdue = open.length === 0 && nowUs - kept.updatedUs >= traceIdleUs
  return isOverdue ? { processGone: false, rootOverdue: true } : livingTrace
}

/** The process that something came from, where it says so. */
export function instanceOf({ attributes }: Resource): string | undefined {
  const instance = attributes['service.instance.id']
  return typeof instance === 'string' ? instance : undefined
}
