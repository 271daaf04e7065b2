import { TraceLLMError, type TraceId } from '@tracellm/core'
import type { GroupReceipt, SpanSink, WriteGroup, WriteReceipt } from '@tracellm/store'
import { inflate, inflateBeside, type Inflated } from './inflate.ts'
import { ingestBatch, type IngestBatch, type IngestContext } from './ingest-batch.ts'
import type { IngestOutcome, IngestRequest } from './ingest-request.ts'

/** Spans after which a write is full; a request is never split. */
const maxSpansPerWrite = 512
/** Writes on their way to the store: while one is committed, the next is made. */
const maxWritesInFlight = 2

/** A smaller body is inflated in passing; larger ones beside this thread, so many ahead. */
const minBytesBeside = 32 * 1024
const maxInflatedAhead = 2

type Answer = (outcome: IngestOutcome) => void

interface Waiting {
  readonly request: IngestRequest
  readonly answer: Answer
  inflated: Inflated | 'not yet' | 'being inflated'
}

interface Ready {
  readonly request: IngestRequest
  readonly answer: Answer
  readonly inflated: Inflated
}

interface Mapped {
  readonly answer: Answer
  readonly batch: Omit<IngestBatch, 'groups'>
  readonly groupCount: number
  /** As long as they may have to be written a second time. */
  groups: readonly WriteGroup[]
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
 * requests ─► inflate ─► map one after the other ─► one write of up to 512 spans ─► an answer to each request
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
      this.#waiting.push({ request, answer, inflated: 'not yet' })
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
    this.#inflateAhead()
    if (this.#writes >= maxWritesInFlight || this.#waiting.length === 0) return
    const mapped = this.#mapWaiting()
    if (mapped.length > 0) void this.#write(mapped)
    // What is being inflated comes back by itself.
    if (this.#waiting.length > 0 && this.#waiting[0]!.inflated !== 'being inflated') this.#schedule()
  }

  #inflateAhead(): void {
    for (const waiting of this.#waiting.slice(0, maxInflatedAhead)) {
      if (waiting.inflated !== 'not yet' || waiting.request.body.length < minBytesBeside) continue
      void this.#inflateBeside(waiting)
    }
  }

  async #inflateBeside(waiting: Waiting): Promise<void> {
    const { body, encoding } = waiting.request
    waiting.inflated = 'being inflated'
    waiting.inflated = await inflateBeside(body, encoding, this.#parts.context.maxInflatedBytes)
    this.#schedule()
  }

  /** @returns `undefined` while nothing waits whose body is inflated. */
  #next(): Ready | undefined {
    const [first] = this.#waiting
    if (first === undefined || first.inflated === 'being inflated') return undefined
    this.#waiting.shift()
    const { request, answer, inflated } = first
    if (inflated !== 'not yet') return { request, answer, inflated }
    return { request, answer, inflated: inflate(request.body, request.encoding, this.#parts.context.maxInflatedBytes) }
  }

  #mapWaiting(): Mapped[] {
    const mapped: Mapped[] = []
    let spans = 0
    while (spans < maxSpansPerWrite) {
      const next = this.#next()
      if (next === undefined) break
      const { request, answer, inflated } = next
      const outcome = ingestBatch(request, inflated, this.#parts.context)
      if (outcome.status !== 'mapped') {
        answer(outcome)
        continue
      }
      const { groups, ...batch } = outcome
      if (groups.length === 0) answer(taken(batch, []))
      else mapped.push({ answer, batch, groupCount: groups.length, groups })
      spans += batch.spanCount
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
      const { groups } = await this.#send(mapped)
      this.#parts.onQueued(-sum(groups, (receipt) => receipt.refusedSpans))
      let next = 0
      for (const { batch, groupCount, answer } of mapped) {
        answer(taken(batch, groups.slice(next, next + groupCount)))
        next += groupCount
      }
    } catch (error) {
      if (mapped.length > 1 && !isPassing(error)) await this.#writeSingly(mapped)
      else this.#refuse(mapped, error)
    }
  }

  /**
   * Not async, and a request that is alone lets go of its spans, since nothing will be written singly: what is held for
   * as long as a write takes is all copied by the garbage collector.
   */
  #send(mapped: readonly Mapped[]): Promise<WriteReceipt> {
    const written = this.#parts.sink.write({ groups: mapped.flatMap(({ groups }) => groups) })
    if (mapped.length === 1) mapped[0]!.groups = []
    return written
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

function taken(batch: Omit<IngestBatch, 'groups'>, receipts: readonly GroupReceipt[]): IngestOutcome {
  const { metrics, rejectedCount, rejections, drops, cutTexts, message, traces } = batch
  const refusedCount = sum(receipts, (receipt) => receipt.refusedSpans + receipt.refusedLogEvents)
  const isStored = (traceId: TraceId) => receipts.some((receipt) => receipt.projectOfTrace.has(traceId))
  return {
    status: 'taken',
    storedSpans: sum(receipts, (receipt) => receipt.storedSpans),
    duplicateSpans: sum(receipts, (receipt) => receipt.duplicateSpans),
    storedLogRecords: sum(receipts, (receipt) => receipt.storedLogEvents),
    metrics,
    drops,
    cutTexts,
    rejectedCount: rejectedCount + refusedCount,
    ...(refusedCount === 0
      ? { rejections, message, traces }
      : {
          rejections: [...rejections, { reason: 'other_environment', count: refusedCount }],
          message: [message, `${refusedCount} of a trace outside the environment of the key`]
            .filter(Boolean)
            .join('; '),
          traces: traces.map((trace) => (isStored(trace.traceId) ? trace : { ...trace, spanCount: 0 })),
        }),
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
