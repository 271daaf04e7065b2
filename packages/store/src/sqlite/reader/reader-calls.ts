import type { Score, SpanId, Step, TraceId } from '@tracellm/core'
import type {
  Analytics,
  AnalyticsQuery,
  ApiKey,
  Failures,
  FailuresQuery,
  Page,
  PageRequest,
  Project,
  Scope,
  SkeletonColumns,
  SpanRead,
  StepBodies,
  StoreStats,
  TraceFilter,
  TracePage,
  TraceRead,
} from '../../port/queries.ts'
import type { Handlers } from '../../thread/index.ts'
import { readAnalytics } from './analytics.ts'
import { readFailures } from './failures.ts'
import { listTraces } from './list-traces.ts'
import { readBody, readStepBodies } from './read-bodies.ts'
import { findApiKey, listApiKeys, listProjects } from './read-projects.ts'
import { listScores } from './read-scores.ts'
import { readSkeleton } from './read-skeleton.ts'
import { readSpan, readSpans } from './read-span.ts'
import { readStats } from './read-stats.ts'
import { readSteps } from './read-steps.ts'
import { readTrace } from './read-trace.ts'
import type { Reader } from './reader.ts'
import { View } from './view.ts'

/** What a thread that reads answers. */
export interface ReaderCalls {
  listTraces(scope: Scope, filter: TraceFilter, page: PageRequest): TracePage
  readTrace(scope: Scope, traceId: TraceId, page: PageRequest): TraceRead
  readSkeleton(scope: Scope, traceId: TraceId): SkeletonColumns
  readSteps(scope: Scope, traceId: TraceId, spanIds: readonly SpanId[]): readonly Step[]
  readStepBodies(scope: Scope, traceId: TraceId, spanIds?: readonly SpanId[]): readonly StepBodies[]
  readSpan(scope: Scope, traceId: TraceId, spanId: SpanId): SpanRead
  readBody(scope: Scope, traceId: TraceId, key: string): string
  readSpans(scope: Scope, traceId: TraceId, page: PageRequest): Page<SpanRead>
  readAnalytics(scope: Scope, query: AnalyticsQuery, nowUs: number): Analytics
  readFailures(scope: Scope, query: FailuresQuery): Failures
  listScores(scope: Scope, traceId: TraceId): readonly Score[]
  listProjects(scope: Scope): readonly Project[]
  listApiKeys(scope: Scope): readonly ApiKey[]
  findApiKey(keyHash: string): ApiKey | undefined
  readStats(scope: Scope): Pick<StoreStats, 'traces' | 'spans' | 'bodies' | 'sequence'>
}

/**
 * Answers each call on one state of the store. Functions are given a view and no scope: what a caller may not see is
 * left out before any of them runs.
 * @param reader the connection, asked for with each call
 */
export function readerCalls(reader: () => Reader): Handlers<ReaderCalls> {
  function scoped<Rest extends readonly unknown[], Answer>(
    read: (view: View, ...rest: Rest) => Answer,
  ): (scope: Scope, ...rest: Rest) => Answer {
    return (scope, ...rest) => reader().snapshot((now) => read(new View(now, scope), ...rest))
  }
  return {
    listTraces: scoped(listTraces),
    readTrace: scoped(readTrace),
    readSkeleton: scoped(readSkeleton),
    readSteps: scoped(readSteps),
    readStepBodies: scoped(readStepBodies),
    readSpan: scoped(readSpan),
    readBody: scoped(readBody),
    readSpans: scoped(readSpans),
    readAnalytics: scoped(readAnalytics),
    readFailures: scoped(readFailures),
    listScores: scoped(listScores),
    listProjects: scoped(listProjects),
    listApiKeys: scoped(listApiKeys),
    findApiKey: (keyHash) => reader().snapshot((now) => findApiKey(now, keyHash)),
    readStats: scoped(readStats),
  }
}
