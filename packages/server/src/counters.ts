import { limitTable } from './limits.ts'

/**
 * What a reason counts: records left out of requests that were taken, attributes and events (or links) that records
 * lost, texts cut of them, what was refused whole, or live events no longer held.
 */
export type Rejected =
  | 'spans'
  | 'log_records'
  | 'data_points'
  | 'attributes'
  | 'events'
  | 'texts'
  | 'requests'
  | 'sockets'
  | 'connections'
  | 'live_events'

export interface Rejection {
  readonly of: Rejected
  readonly reason: string
  readonly count: number
}

/** What ingest has done since the server started. `receivedSpans` is the sum of stored, duplicate, rejected and queued. */
export interface IngestCounts {
  readonly receivedSpans: number
  readonly storedSpans: number
  /** Spans whose id was known before: repeats, ends of open spans, newer versions. */
  readonly duplicateSpans: number
  /** The sum of the rejections of spans. */
  readonly rejectedSpans: number
  readonly queuedSpans: number
  readonly queuedBytes: number
  /** Requests that got no 2xx: the sum of the rejections of requests. */
  readonly refusedRequests: number
  /** Log records stored, and metrics accepted, by name. */
  readonly logRecords: number
  readonly metrics: ReadonlyMap<string, number>
  readonly rejections: readonly Rejection[]
}

/** Reasons are few and fixed, and names of metrics are bounded: a client cannot make these grow. */
const maxMetricNames = 1000

/** Counts what comes in and what became of it. */
export class IngestCounters {
  readonly #rejections = new Map<string, Rejection>()
  readonly #metrics = new Map<string, number>()
  #stored = 0
  #duplicate = 0
  #rejected = 0
  #queued = 0
  #queuedBytes = 0
  #refused = 0
  #logRecords = 0

  /** Spans decoded and on their way to the store; negative for those the store could not take, which come again. */
  queue(spans: number): void {
    this.#queued += spans
  }

  /** Queued spans that the store has taken. */
  settle(stored: number, duplicate: number): void {
    this.#queued -= stored + duplicate
    this.#stored += stored
    this.#duplicate += duplicate
  }

  /** Records of a request that were left out while it was taken. */
  reject(of: 'spans' | 'log_records' | 'data_points', reason: string, count: number): void {
    if (of === 'spans') this.#rejected += count
    this.#count(of, reason, count)
  }

  /** What records that were taken lost to a limit. */
  drop(of: 'attributes' | 'events', reason: string, count: number): void {
    this.#count(of, reason, count)
  }

  /** Names, ids, tags and metadata of what was taken that were too long, or too many. */
  cutTexts(count: number): void {
    this.#count('texts', 'too_long', count)
  }

  /** A request that was refused whole. */
  refuse(reason: string): void {
    this.#refused += 1
    this.#count('requests', reason, 1)
  }

  /** A live socket that was not let in by a limit. */
  refuseSocket(reason: string): void {
    this.#count('sockets', reason, 1)
  }

  /** A connection that was closed at once. */
  refuseConnection(): void {
    this.#count('connections', limitTable.maxConnections.counter, 1)
  }

  /** Live events that no socket can come back for any more. */
  forgetLiveEvents(count: number): void {
    this.#count('live_events', limitTable.maxLiveEvents.counter, count)
  }

  #count(of: Rejected, reason: string, by: number): void {
    const key = `${of} ${reason}`
    if (by > 0) this.#rejections.set(key, { of, reason, count: (this.#rejections.get(key)?.count ?? 0) + by })
  }

  addLogRecords(records: number): void {
    this.#logRecords += records
  }

  addMetrics(names: ReadonlyMap<string, number>): void {
    for (const [name, points] of names) {
      const key = this.#metrics.has(name) || this.#metrics.size < maxMetricNames ? name : '(other)'
      this.#metrics.set(key, (this.#metrics.get(key) ?? 0) + points)
    }
  }

  holdBytes(bytes: number): void {
    this.#queuedBytes += bytes
  }

  get counts(): IngestCounts {
    return {
      receivedSpans: this.#stored + this.#duplicate + this.#rejected + this.#queued,
      storedSpans: this.#stored,
      duplicateSpans: this.#duplicate,
      rejectedSpans: this.#rejected,
      queuedSpans: this.#queued,
      queuedBytes: this.#queuedBytes,
      refusedRequests: this.#refused,
      logRecords: this.#logRecords,
      metrics: this.#metrics,
      rejections: [...this.#rejections.values()],
    }
  }
}
