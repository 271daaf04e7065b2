import type { LiveScoreJson, LiveStepJson, TraceJson } from '@tracellm/core/wire'
import type { StoreChange } from '@tracellm/store'
import { presentScore } from './score-json.ts'
import { presentStep } from './step-json.ts'
import { presentTrace } from './trace-json.ts'

/** The `data` of the live event that announces a change. */
export function presentChange(change: StoreChange): TraceJson | LiveStepJson | LiveScoreJson {
  switch (change.type) {
    case 'trace.created':
    case 'trace.updated':
      return presentTrace(change.trace)
    case 'span.created':
    case 'span.updated':
      return {
        ...presentStep(change.step, change.traceStartUs),
        trace_id: change.traceId,
        project_id: change.projectId,
      }
    case 'score.created':
      return { ...presentScore(change.score), project_id: change.projectId }
  }
}
