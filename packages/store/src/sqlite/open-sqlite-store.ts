import { stat } from 'node:fs/promises'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { TraceLLMError, type ProjectId, type Score, type SpanId, type TraceId } from '@tracellm/core'
import type { StoreChanges } from '../port/change.ts'
import type {
  AnalyticsQuery,
  ApiKey,
  FailuresQuery,
  PageRequest,
  Project,
  Scope,
  StoreStats,
  TraceFilter,
} from '../port/queries.ts'
import type { SpanSink, TraceStore } from '../port/trace-store.ts'
import type { WriteBatch } from '../port/write-batch.ts'
import { spanSinkOver } from '../sink/index.ts'
import type { ArgumentsOf, ResultOf } from '../thread/index.ts'
import type { Durability } from './open-database.ts'
import { ReaderHandle } from './reader-thread.ts'
import { storePaths } from './store-folder.ts'
import { WriterHandle, type WritingCalls } from './writer-thread.ts'

export interface SqliteStoreOptions {
  /** Where the files lie; made when it is not there. */
  readonly folder: string
  /**
   * The time now for whoever reads, in microseconds since the epoch (that of the machine): a range of figures that is
   * left open ends by it. What is written is dated by the thread that writes, which goes by the machine.
   */
  readonly clock?: () => number
  /**
   * Opens for reading only, without the lock, beside whoever writes (false). Of a folder without a store nothing is
   * made: it reads as an empty one.
   */
  readonly readOnly?: boolean
  /** What a commit survives: the death of this process ('normal'), or a power cut too ('full'). */
  readonly durability?: Durability
  /** Whether old rollups are folded and small chunks put together while nothing else is to be done (true). */
  readonly isTidied?: boolean
}

/** A store in a folder of this machine. The engine runs in threads of its own and never holds up the caller's. */
export interface SqliteStore extends TraceStore {
  /** The other end of a line to the writer, to be handed to the thread that maps spans; see `openSpanSink`. */
  connectSink(): MessagePort
}

/**
 * Opens a store: takes the lock, brings the schema up to date, starts a thread that writes and those that read.
 * @throws TraceLLMError `TL_STORE_LOCKED`, `TL_STORE_NEWER`, `TL_STORE_UNWRITABLE`, `TL_STORE_UNREADABLE` for reading
 * only, `TL_STORE_FULL`, `TL_STORE_CORRUPT`: what was there is as it was.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { folder, durability = 'normal', isTidied = true, readOnly = false, clock = () => Date.now() * 1000 } = options
  const writer = readOnly ? undefined : new WriterHandle()
  const store = new SqliteStoreClient(folder, clock, writer)
  try {
    await writer?.open(folder, durability, isTidied)
    await store.start()
    return store
  } catch (error) {
    await store[Symbol.asyncDispose]()
    throw error
  }
}

/** What holds the threads, and asks the one that knows. */
class SqliteStoreClient implements SqliteStore {
  readonly #folder: string
  readonly #clock: () => number
  readonly #writer: WriterHandle | undefined
  readonly #sink: SpanSink
  /** For lists and traces: quick, and many. */
  readonly #quick: ReaderHandle
  /** For what looks at much: figures, export. Started when it is first needed. */
  readonly #thorough: ReaderHandle

  constructor(folder: string, clock: () => number, writer: WriterHandle | undefined) {
    this.#folder = folder
    this.#clock = clock
    this.#writer = writer
    this.#sink = spanSinkOver((batch) => this.#write('write', batch))
    this.#quick = new ReaderHandle(folder)
    this.#thorough = new ReaderHandle(folder)
  }

  start(): Promise<void> {
    return this.#quick.start()
  }

  connectSink(): MessagePort {
    const { port1, port2 } = new MessageChannel()
    this.#requireWriter().connectSink(port1)
    return port2
  }

  write(batch: WriteBatch): ReturnType<TraceStore['write']> {
    return this.#sink.write(batch)
  }

  listTraces(scope: Scope, filter: TraceFilter, page: PageRequest): ReturnType<TraceStore['listTraces']> {
    return this.#quick.call('listTraces', scope, filter, page)
  }

  readTrace(scope: Scope, traceId: TraceId, page: PageRequest): ReturnType<TraceStore['readTrace']> {
    return this.#quick.call('readTrace', scope, traceId, page)
  }

  readSkeleton(scope: Scope, traceId: TraceId): ReturnType<TraceStore['readSkeleton']> {
    return this.#quick.call('readSkeleton', scope, traceId)
  }

  readSteps(scope: Scope, traceId: TraceId, spanIds: readonly SpanId[]): ReturnType<TraceStore['readSteps']> {
    return this.#quick.call('readSteps', scope, traceId, spanIds)
  }

  readStepBodies(
    scope: Scope,
    traceId: TraceId,
    spanIds?: readonly SpanId[],
  ): ReturnType<TraceStore['readStepBodies']> {
    return this.#quick.call('readStepBodies', scope, traceId, spanIds)
  }

  readSpan(scope: Scope, traceId: TraceId, spanId: SpanId): ReturnType<TraceStore['readSpan']> {
    return this.#quick.call('readSpan', scope, traceId, spanId)
  }

  readBody(scope: Scope, traceId: TraceId, key: string): ReturnType<TraceStore['readBody']> {
    return this.#quick.call('readBody', scope, traceId, key)
  }

  readSpans(scope: Scope, traceId: TraceId, page: PageRequest): ReturnType<TraceStore['readSpans']> {
    return this.#thorough.call('readSpans', scope, traceId, page)
  }

  readAnalytics(scope: Scope, query: AnalyticsQuery): ReturnType<TraceStore['readAnalytics']> {
    return this.#thorough.call('readAnalytics', scope, query, this.#clock())
  }

  readFailures(scope: Scope, query: FailuresQuery): ReturnType<TraceStore['readFailures']> {
    return this.#thorough.call('readFailures', scope, query)
  }

  async writeScore(scope: Scope, score: Score): Promise<void> {
    await this.#write('writeScore', scope, score)
  }

  listScores(scope: Scope, traceId: TraceId): ReturnType<TraceStore['listScores']> {
    return this.#quick.call('listScores', scope, traceId)
  }

  deleteTrace(scope: Scope, traceId: TraceId): ReturnType<TraceStore['deleteTrace']> {
    return this.#write('deleteTrace', scope, traceId)
  }

  listProjects(scope: Scope): ReturnType<TraceStore['listProjects']> {
    return this.#quick.call('listProjects', scope)
  }

  createProject(project: Project): Promise<void> {
    return this.#write('createProject', project)
  }

  deleteProject(projectId: ProjectId): ReturnType<TraceStore['deleteProject']> {
    return this.#write('deleteProject', projectId)
  }

  createApiKey(key: ApiKey): Promise<void> {
    return this.#write('createApiKey', key)
  }

  listApiKeys(scope: Scope): ReturnType<TraceStore['listApiKeys']> {
    return this.#quick.call('listApiKeys', scope)
  }

  findApiKey(keyHash: string): ReturnType<TraceStore['findApiKey']> {
    return this.#quick.call('findApiKey', keyHash)
  }

  revokeApiKey(scope: Scope, keyId: string, revokedUs: number): Promise<void> {
    return this.#write('revokeApiKey', scope, keyId, revokedUs)
  }

  touchApiKey(keyId: string, usedUs: number): Promise<void> {
    return this.#write('touchApiKey', keyId, usedUs)
  }

  async readStats(scope: Scope): Promise<StoreStats> {
    const counts = await this.#quick.call('readStats', scope)
    const { spans } = storePaths(this.#folder)
    const sizes = await Promise.all([spans, `${spans}-wal`].map(sizeOf))
    return {
      type: 'sqlite',
      detail: spans,
      sizeBytes: sizes.reduce((total, bytes) => total + bytes, 0),
      ...counts,
      faults: this.#writer?.fault === undefined ? [] : [this.#writer.fault],
    }
  }

  onChanges(listener: (changes: StoreChanges) => void): () => void {
    return this.#writer?.listen(listener) ?? (() => {})
  }

  sweepIdle(nowUs: number): Promise<void> {
    return this.#write('sweepIdle', nowUs)
  }

  /** @throws TraceLLMError `TL_STORE_UNAVAILABLE` for a store that was opened for reading. */
  #requireWriter(): WriterHandle {
    if (this.#writer !== undefined) return this.#writer
    throw new TraceLLMError('TL_STORE_UNAVAILABLE', `${this.#folder} is open for reading only`)
  }

  async #write<Name extends keyof WritingCalls>(
    name: Name,
    ...args: ArgumentsOf<WritingCalls[Name]>
  ): Promise<ResultOf<WritingCalls[Name]>> {
    return this.#requireWriter().call(name, ...args)
  }

  /** Readers first: the last connection to close takes the log away with it, and only one that writes can. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#quick.close(), this.#thorough.close()])
    await this.#writer?.close()
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
