import type { ProjectId, Score, Step, TraceId } from '@tracellm/core'
import type { TraceRow } from './queries.ts'

/**
 * What a commit changed, made by the writer after the commit and only while somebody listens.
 * Each change has a number of its own, one for the whole store, that grows by restarts too: one for each touched trace
 * and one for each new or replaced span, counted even when nobody listens. A repeated batch changes nothing.
 * Spans that log events fill in are replaced, those that log events make are new; a trace that lost such spans is touched
 * while it has others, and of those that are gone nothing is told.
 */
export interface StoreChanges {
  /** The newest number after this commit. */
  readonly sequence: number
  readonly atUs: number
  readonly changes: readonly StoreChange[]
}

export type StoreChange =
  | {
      readonly type: 'trace.created' | 'trace.updated'
      readonly sequence: number
      readonly projectId: ProjectId
      readonly environment: string | undefined
      readonly trace: TraceRow
    }
  | {
      readonly type: 'span.created' | 'span.updated'
      readonly sequence: number
      readonly projectId: ProjectId
      readonly environment: string | undefined
      readonly traceId: TraceId
      readonly traceStartUs: number
      readonly step: Step
    }
  | {
      readonly type: 'score.created'
      readonly sequence: number
      readonly projectId: ProjectId
      readonly environment: string | undefined
      readonly score: Score
    }
