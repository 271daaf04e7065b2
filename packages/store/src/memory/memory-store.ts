import { TraceLLMError, type ProjectId, type Score, type SpanId, type Step, type TraceId } from '@tracellm/core'
import type { StoreChanges } from '../port/change.ts'
import type {
  Analytics,
  AnalyticsQuery,
  ApiKey,
  Deletion,
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
} from '../port/queries.ts'
import type { TraceStore } from '../port/trace-store.ts'
import type { WriteBatch, WriteReceipt } from '../port/write-batch.ts'
import { Announcer } from './announcer.ts'
import { joinedChanges, viewsOf } from './joined-changes.ts'
import { KeyTable } from './key-table.ts'
import { listTraces } from './list-traces.ts'
import { ProjectTable } from './project-table.ts'
import { readAnalytics, readFailures } from './read-analytics.ts'
import { countBodies, findBody, stepBodiesOf } from './read-bodies.ts'
import { readSkeleton } from './read-skeleton.ts'
import { readSpans, readSteps, spanIn, spansNamed, wholeSpan } from './read-spans.ts'
import { ScoreTable } from './score-table.ts'
import { sweepIdle } from './sweep-idle.ts'
import { detailOf, stepIn, type TraceView } from './trace-view.ts'
import { TraceTable } from './trace-table.ts'
import { writeBatch } from './write-batch.ts'

export interface MemoryStoreOptions {
  /** The time now, in microseconds since the epoch. */
  readonly clock: () => number
}

/**
 * A store that keeps what was sent and computes every answer anew with core: no index, no rollup, exact percentiles,
 * gone with the process. What the other stores are compared with, and what tests use; far too slow for anything else.
 * It cannot tell whether a process of this machine still runs: of the idle rules it knows those of time.
 */
export function openMemoryStore(options: MemoryStoreOptions): TraceStore {
  return new MemoryStore(options.clock)
}

const maxStepsWithBodies = 1000

class MemoryStore implements TraceStore {
  readonly #clock: () => number
  readonly #traces = new TraceTable()
  readonly #projects = new ProjectTable()
  readonly #keys = new KeyTable()
  readonly #scores = new ScoreTable()
  readonly #announcer: Announcer
  /** When something last came from each `service.instance.id`. */
  readonly #senders = new Map<string, number>()

  constructor(clock: () => number) {
    this.#clock = clock
    this.#announcer = new Announcer(this.#traces)
  }

  async write(batch: WriteBatch): Promise<WriteReceipt> {
    const parts = { traces: this.#traces, projects: this.#projects, senders: this.#senders }
    const { receipt, touched } = writeBatch(parts, batch, this.#clock())
    this.#announcer.announce(touched, this.#clock())
    return receipt
  }

  async sweepIdle(nowUs: number): Promise<void> {
    this.#announcer.announce(sweepIdle(this.#traces, this.#senders, nowUs), nowUs)
  }

  onChanges(listener: (changes: StoreChanges) => void): () => void {
    return this.#announcer.listen(listener)
  }

  async listTraces(scope: Scope, filter: TraceFilter, page: PageRequest): Promise<TracePage> {
    return listTraces(this.#traces.views(scope), filter, page)
  }

  async readTrace(scope: Scope, traceId: TraceId, page: PageRequest): Promise<TraceRead> {
    const view = this.#traces.find(scope, traceId)
    return { trace: detailOf(view), steps: readSteps(view, page) }
  }

  async readSkeleton(scope: Scope, traceId: TraceId): Promise<SkeletonColumns> {
    return readSkeleton(this.#traces.find(scope, traceId))
  }

  async readSteps(scope: Scope, traceId: TraceId, spanIds: readonly SpanId[]): Promise<readonly Step[]> {
    const view = this.#traces.find(scope, traceId)
    return spansNamed(view, spanIds).map((span) => stepIn(view, span))
  }

  async readStepBodies(scope: Scope, traceId: TraceId, spanIds?: readonly SpanId[]): Promise<readonly StepBodies[]> {
    const view = this.#traces.find(scope, traceId)
    const spans = spanIds === undefined ? view.analysis.tree.items : spansNamed(view, spanIds)
    if (spanIds === undefined && spans.length > maxStepsWithBodies) {
      const detail = `${spans.length} steps, at most ${maxStepsWithBodies} are given with bodies`
      throw new TraceLLMError('TL_TRACE_TOO_LARGE', detail)
    }
    return spans.map(stepBodiesOf)
  }

  async readSpan(scope: Scope, traceId: TraceId, spanId: SpanId): Promise<SpanRead> {
    const view = this.#traces.find(scope, traceId)
    return wholeSpan(view, spanIn(view, spanId), this.#scores.of(view.kept))
  }

  async readBody(scope: Scope, traceId: TraceId, key: string): Promise<string> {
    return findBody(this.#traces.find(scope, traceId).analysis.tree.items, key)
  }

  async readSpans(scope: Scope, traceId: TraceId, page: PageRequest): Promise<Page<SpanRead>> {
    const view = this.#traces.find(scope, traceId)
    return readSpans(view, this.#scores.of(view.kept), page)
  }

  async readAnalytics(scope: Scope, query: AnalyticsQuery): Promise<Analytics> {
    return readAnalytics(this.#traces.views(scope), query, this.#clock())
  }

  async readFailures(scope: Scope, query: FailuresQuery): Promise<Failures> {
    return readFailures(this.#traces.views(scope), query)
  }

  async writeScore(scope: Scope, score: Score): Promise<void> {
    const view = this.#traces.find(scope, score.traceId)
    if (score.spanId !== undefined) spanIn(view, score.spanId)
    this.#scores.put(view.kept, score)
    this.#announcer.announceScore(view, score, this.#clock())
  }

  async listScores(scope: Scope, traceId: TraceId): Promise<readonly Score[]> {
    return this.#scores.of(this.#traces.find(scope, traceId).kept)
  }

  async deleteTrace(scope: Scope, traceId: TraceId): Promise<Deletion> {
    const { kept, summary } = this.#traces.find(scope, traceId)
    const { projectId } = kept
    const befores = viewsOf(this.#traces, projectId)
    this.#traces.delete(kept)
    this.#scores.deleteOf(kept)
    this.#announcer.announce(joinedChanges(this.#traces, projectId, befores, this.#clock()), this.#clock())
    return { deletedTraces: 1, deletedSpans: summary.spanCount, freedBytes: 0 }
  }

  async listProjects(scope: Scope): Promise<readonly Project[]> {
    return this.#projects.list(scope)
  }

  async createProject(project: Project): Promise<void> {
    this.#projects.create(project)
  }

  async deleteProject(projectId: ProjectId): Promise<Deletion> {
    this.#projects.delete(projectId)
    this.#keys.deleteOf(projectId)
    const views = this.#traces.views({ projectId })
    for (const { kept } of views) this.#scores.deleteOf(kept)
    this.#traces.deleteProject(projectId)
    return { deletedTraces: views.length, deletedSpans: spansIn(views), freedBytes: 0 }
  }

  async createApiKey(key: ApiKey): Promise<void> {
    if (key.projectId !== undefined) this.#projects.require(key.projectId)
    this.#keys.put(key)
  }

  async listApiKeys(scope: Scope): Promise<readonly ApiKey[]> {
    return this.#keys.list(scope)
  }

  async findApiKey(keyHash: string): Promise<ApiKey | undefined> {
    return this.#keys.find(keyHash)
  }

  async revokeApiKey(scope: Scope, keyId: string, revokedUs: number): Promise<void> {
    this.#keys.revoke(scope, keyId, revokedUs)
  }

  async touchApiKey(keyId: string, usedUs: number): Promise<void> {
    this.#keys.touch(keyId, usedUs)
  }

  async readStats(scope: Scope): Promise<StoreStats> {
    const views = this.#traces.views(scope)
    const byProject = Map.groupBy(views, (view) => view.kept.projectId)
    const bodies = [...byProject.values()].map((own) => countBodies(own.flatMap((view) => view.analysis.tree.items)))
    return {
      type: 'memory',
      detail: 'in memory, gone with the process',
      sizeBytes: 0,
      traces: views.length,
      spans: spansIn(views),
      bodies: bodies.reduce((total, count) => total + count, 0),
      sequence: this.#announcer.sequence,
      faults: [],
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function spansIn(views: readonly TraceView[]): number {
  return views.reduce((total, view) => total + view.summary.spanCount, 0)
}
