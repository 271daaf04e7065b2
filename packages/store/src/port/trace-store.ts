import type { ProjectId, Score, SpanId, Step, TraceId } from '@tracellm/core'
import type { StoreChanges } from './change.ts'
import type {
  Analytics,
  AnalyticsQuery,
  ApiKey,
  Deletion,
  Failures,
  FailuresQuery,
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
} from './queries.ts'
import type { WriteBatch, WriteReceipt } from './write-batch.ts'

/** Takes spans in. Apart from the whole store, so that the thread that maps spans can hold only this. */
export interface SpanSink {
  /**
   * Writes a batch of one or more projects. Resolves once it is durable and visible to readers.
   * Of two versions of a span an ended one stands before an open one, then the one that ends later, then the one with
   * more attributes, then the greater hash of its content: the result is the same in any order of arrival.
   * Log events fill in what spans leave out, and stand in, as spans of origin `log`, for steps that no span came of
   * (`joinLogs`); these too are the same in any order. A trace made of log events goes when spans of all its steps have come.
   * An event that names nothing but the id of a call may miss a call that lies more than 100,000 spans back, and one of an
   * id that more than 100 traces have.
   * Times are kept within 1970 and 2255, and figures and sums of them within `maxSum` of core, whatever comes.
   * Writing a batch again changes nothing. Projects named for the first time are made.
   * What keys of different environments bring never meets: not in a trace (`WriteGroup.environment`), nor do log events
   * add to spans of another key environment than their own.
   * @throws TraceLLMError `TL_STORE_UNAVAILABLE`, `TL_STORE_FULL`: nothing of the batch was written.
   */
  write(batch: WriteBatch): Promise<WriteReceipt>
}

/**
 * Keeps traces. Every query takes the caller's scope first, and answers as if nothing else existed.
 *
 * An id that more than one project in scope knows is `TL_TRACE_AMBIGUOUS` with `extra.project_ids`;
 * one that none knows is `TL_TRACE_NOT_FOUND`. A cursor that is not one of the store's is `TL_BAD_CURSOR`.
 * What a resolved write brought, every later query sees.
 */
export interface TraceStore extends SpanSink, AsyncDisposable {
  /** Newest first: by start, then by trace id, both descending. Pages never skip or repeat a trace that stays as it is. */
  listTraces(scope: Scope, filter: TraceFilter, page: PageRequest): Promise<TracePage>

  /** One trace and a page of its steps in start order (at most 20,000). */
  readTrace(scope: Scope, traceId: TraceId, page: PageRequest): Promise<TraceRead>

  /**
   * All spans of a trace as columns, in start order.
   * @throws TraceLLMError `TL_TRACE_TOO_LARGE` above 200,000 spans.
   */
  readSkeleton(scope: Scope, traceId: TraceId): Promise<SkeletonColumns>

  /** The steps named, in start order; ids that the trace does not have are left out. */
  readSteps(scope: Scope, traceId: TraceId, spanIds: readonly SpanId[]): Promise<readonly Step[]>

  /** Input and output of the steps named, or of all steps of a trace that has at most 1,000 (else `TL_TRACE_TOO_LARGE`). */
  readStepBodies(scope: Scope, traceId: TraceId, spanIds?: readonly SpanId[]): Promise<readonly StepBodies[]>

  /** @throws TraceLLMError `TL_SPAN_NOT_FOUND` when the trace has no such span. */
  readSpan(scope: Scope, traceId: TraceId, spanId: SpanId): Promise<SpanRead>

  /** The canonical JSON of one body. @throws TraceLLMError `TL_BODY_NOT_FOUND` when the trace has no such body. */
  readBody(scope: Scope, traceId: TraceId, key: string): Promise<string>

  /** All spans of a trace, whole, in start order, for export: page by page (at most 500). */
  readSpans(
    scope: Scope,
    traceId: TraceId,
    page: PageRequest,
  ): Promise<{ items: readonly SpanRead[]; nextCursor?: string }>

  readAnalytics(scope: Scope, query: AnalyticsQuery): Promise<Analytics>

  readFailures(scope: Scope, query: FailuresQuery): Promise<Failures>

  /** Makes or replaces a score. @throws TraceLLMError `TL_TRACE_NOT_FOUND`, `TL_SPAN_NOT_FOUND`. */
  writeScore(scope: Scope, score: Score): Promise<void>

  /** The scores of a trace, oldest first. */
  listScores(scope: Scope, traceId: TraceId): Promise<readonly Score[]>

  /**
   * Deletes a trace with its scores, bodies that nothing else refers to, its part of every rollup, and the log events
   * that name it or that its spans have something of.
   */
  deleteTrace(scope: Scope, traceId: TraceId): Promise<Deletion>

  listProjects(scope: Scope): Promise<readonly Project[]>

  /** @throws TraceLLMError `TL_PROJECT_EXISTS`. */
  createProject(project: Project): Promise<void>

  /** Deletes a project with its traces and keys. @throws TraceLLMError `TL_PROJECT_NOT_FOUND`. */
  deleteProject(projectId: ProjectId): Promise<Deletion>

  /** Stores a key; its project must exist. @throws TraceLLMError `TL_PROJECT_NOT_FOUND`. */
  createApiKey(key: ApiKey): Promise<void>

  /** Keys of the scope's project, or all: newest first, revoked ones too. */
  listApiKeys(scope: Scope): Promise<readonly ApiKey[]>

  /** The key with this hash, revoked and expired ones too. */
  findApiKey(keyHash: string): Promise<ApiKey | undefined>

  /** @throws TraceLLMError `TL_KEY_NOT_FOUND`. */
  revokeApiKey(scope: Scope, keyId: string, revokedUs: number): Promise<void>

  /** Remembers when a key was last used; may be late by a minute, and lost by a crash. */
  touchApiKey(keyId: string, usedUs: number): Promise<void>

  /** Counts of all that is stored, exact. With a scope that names a project, of that project (`sizeBytes` stays that of the store). */
  readStats(scope: Scope): Promise<StoreStats>

  /**
   * Calls the listener after each commit, in the order of the commits, until the returned function is called.
   * Nothing is made for it while nobody listens.
   */
  onChanges(listener: (changes: StoreChanges) => void): () => void

  /**
   * Applies the idle rules now instead of at the next sweep (every 15 s): open traces whose process is gone become
   * interrupted, traces without a root that nothing has come for become finished.
   */
  sweepIdle(nowUs: number): Promise<void>
}
