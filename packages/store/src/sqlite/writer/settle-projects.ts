import type { ProjectId, TraceId } from '@tracellm/core'
import type { DraftGroup } from '../../sink/draft.ts'
import type { TraceCache } from './trace-cache.ts'

/** Says to which project what a group has of a trace goes. */
export type ProjectOfTrace = (group: DraftGroup, traceId: TraceId) => ProjectId

/**
 * Settles all traces of a batch, before any of it is written: a key has its own project, and what comes without one
 * follows the trace that is stored so, else the first group of the batch that names the trace.
 */
export function settleProjects(groups: readonly DraftGroup[], traces: TraceCache): ProjectOfTrace {
  const settled = new Map<TraceId, ProjectId>()
  for (const { fixed, projectId, spans, logEvents } of groups) {
    if (fixed) continue
    for (const { traceId } of [...spans, ...logEvents]) {
      if (traceId === undefined || settled.has(traceId)) continue
      settled.set(traceId, traces.findUnkeyed(traceId)?.project.projectId ?? projectId)
    }
  }
  return ({ fixed, projectId }, traceId) => (fixed ? projectId : settled.get(traceId)!)
}
