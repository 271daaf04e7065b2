/** What ingest has done since the server started. `receivedSpans` is the sum of stored, duplicate, rejected and queued. */
export interface IngestCounts {
  readonly receivedSpans: number
  readonly storedSpans: number
  /** Spans whose id was known before: repeats, ends of open spans, newer versions. */
  readonly duplicateSpans: number
  readonly rejectedSpans: number
  readonly queuedSpans: number
  readonly queuedBytes: number
  /** Requests that got no 2xx. */
  readonly refusedRequests: number
  /** Log records stored, and metrics accepted, by name. */
  readonly logRecords: number
  readonly metrics: ReadonlyMap<string, number>
  readonly rejections: readonly { readonly reason: string; readonly count: number }[]
}

/** Reasons are few and fixed, and names of metrics are bounded: a client cannot make these grow. */
const maxMetricNames = 1000

/** Counts what comes in and what became of it. */
export class IngestCounters {
  readonly #rejections = new Map<string, number>()
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

  reject(reason: string, spans: number): void {
    this.#rejected += spans
    this.count(reason, spans)
  }

  /** A request that was refused whole. */
  refuse(reason: string): void {
    this.#refused += 1
    this.count(reason, 1)
  }

  /** Something that a limit turned away without refusing the request. */
  count(reason: string, by: number): void {
    if (by > 0) this.#rejections.set(reason, (this.#rejections.get(reason) ?? 0) + by)
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
      rejections: [...this.#rejections].map(([reason, count]) => ({ reason, count })),
    }
  }
}
