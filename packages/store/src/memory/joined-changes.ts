import { livingTrace, type ProjectId, type TraceId } from '@tracellm/core'
import type { Touch } from './announcer.ts'
import { changedSpans } from './changed-spans.ts'
import type { TraceTable } from './trace-table.ts'
import type { TraceView } from './trace-view.ts'

/** How the traces of a project stood before something changed that log records may carry to any of them. */
export type ViewsBefore = ReadonlyMap<TraceId, TraceView>

export function viewsOf(traces: TraceTable, projectId: ProjectId): ViewsBefore {
  return new Map(traces.views({ projectId }).map((view) => [view.kept.traceId, view]))
}

/** The traces of a project that stand otherwise now; something has come for each of them. */
export function joinedChanges(traces: TraceTable, projectId: ProjectId, befores: ViewsBefore, nowUs: number): Touch[] {
  const touches = traces.openJoined(projectId, nowUs).flatMap((kept): Touch[] => {
    const before = befores.get(kept.traceId)
    const after = traces.view(kept)
    const spans = changedSpans(before, after)
    const isSame = spans.size === 0 && before?.summary.spanCount === after?.summary.spanCount
    return isSame ? [] : [{ kept, before, spans }]
  })
  for (const { kept } of touches) {
    kept.lifecycle = livingTrace
    kept.updatedUs = nowUs
    traces.hasChanged(kept)
  }
  return touches
}
