import { TraceLLMError } from '@tracellm/core'
import type { GroupReceipt, SpanSink } from '@tracellm/store'
import { ingestBatch, type IngestBatch, type IngestContext } from './ingest-batch.ts'
import type { IngestOutcome, IngestRequest } from './ingest-request.ts'

/** Spans after which a write is full; a request is never split. */
const maxSpansPerWrite = 512
/** Writes on their way to the store: while one is committed, the next is made. */
const maxWritesInFlight = 2

interface Waiting {
  readonly request: IngestRequest
  readonly answer: (outcome: IngestOutcome) => void
}

interface Mapped extends Waiting {
  readonly batch: IngestBatch
}

export interface IngestQueueParts {
  readonly sink: SpanSink
  readonly context: IngestContext
  /** Told of spans that were decoded and are on their way, and (negative) of those the store did not take. */
  readonly onQueued: (spans: number) => void
}

/**
 * Takes what waits, maps it, and writes it in as few transactions as possible.
 *
 * ```
 * requests ─► map one after the other ─► one write of up to 512 spans ─► an answer to each request
 * ```
 * Nothing waits here by design: what has come when a write ends is the next one. How much can wait is bounded by
 * whoever lets requests in.
 */
export class IngestQueue {
  readonly #parts: IngestQueueParts
  readonly #waiting: Waiting[] = []
  #writes = 0
  #isScheduled = false

  constructor(parts: IngestQueueParts) {
    this.#parts = parts
  }

  take(request: IngestRequest): Promise<IngestOutcome> {
    return new Promise((answer) => {
      this.#waiting.push({ request, answer })
      this.#schedule()
    })
  }

  /** In a turn of its own, so that requests that came together are taken together. */
  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#work()
    })
  }

  #work(): void {
    if (this.#writes >= maxWritesInFlight || this.#waiting.length === 0) return
    const mapped = this.#mapWaiting()
    if (mapped.length > 0) void this.#write(mapped)
    if (this.#waiting.length > 0) this.#schedule()
  }

  #mapWaiting(): Mapped[] {
    const mapped: Mapped[] = []
    let spans = 0
    while (spans < maxSpansPerWrite && this.#waiting.length > 0) {
      const waiting = this.#waiting.shift()!
      const batch = ingestBatch(waiting.request, this.#parts.context)
      if (batch.status !== 'mapped') waiting.answer(batch)
      else if (batch.groups.length === 0) waiting.answer(taken(batch, []))
      else {
        mapped.push({ ...waiting, batch })
        spans += batch.spanCount
      }
    }
    if (spans > 0) this.#parts.onQueued(spans)
    return mapped
  }

  async #write(mapped: readonly Mapped[]): Promise<void> {
    this.#writes += 1
    try {
      await this.#writeTogether(mapped)
    } finally {
      this.#writes -= 1
      this.#schedule()
    }
  }

  async #writeTogether(mapped: readonly Mapped[]): Promise<void> {
    try {
      const { groups } = await this.#parts.sink.write({ groups: mapped.flatMap(({ batch }) => batch.groups) })
      let next = 0
      for (const { batch, answer } of mapped) {
        answer(taken(batch, groups.slice(next, next + batch.groups.length)))
        next += batch.groups.length
      }
    } catch (error) {
      if (mapped.length > 1 && !isPassing(error)) await this.#writeSingly(mapped)
      else this.#refuse(mapped, error)
    }
  }

  #refuse(mapped: readonly Mapped[], error: unknown): void {
    this.#parts.onQueued(-sum(mapped, ({ batch }) => batch.spanCount))
    for (const { answer } of mapped) answer(refused(error))
  }

  /** One request that the store cannot take must not take the others with it. */
  async #writeSingly(mapped: readonly Mapped[]): Promise<void> {
    for (const one of mapped) await this.#writeTogether([one])
  }
}

function taken(batch: IngestBatch, receipts: readonly GroupReceipt[]): IngestOutcome {
  const { metrics, rejectedCount, rejections, message, traces } = batch
  return {
    status: 'taken',
    storedSpans: sum(receipts, (receipt) => receipt.storedSpans),
    duplicateSpans: sum(receipts, (receipt) => receipt.duplicateSpans),
    storedLogRecords: sum(receipts, (receipt) => receipt.storedLogEvents),
    metrics,
    rejectedCount,
    rejections,
    message,
    traces,
  }
}

/** Whether the same write may succeed later. */
function isPassing(error: unknown): boolean {
  return error instanceof TraceLLMError && error.status === 503
}

function refused(error: unknown): IngestOutcome {
  const message = error instanceof TraceLLMError ? error.message : String(error)
  return { status: isPassing(error) ? 'unavailable' : 'failed', message }
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
