import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { defaultDecodeLimits } from '@tracellm/core/otlp'
import type { SpanSink, WriteReceipt } from '@tracellm/store'
import { describe, expect, test } from 'vitest'
import { IngestQueue } from './ingest-queue.ts'
import type { IngestRequest } from './ingest-request.ts'
import { redactionOf } from './redact.ts'

/** A store that answers a write when it is told to. */
class SlowSink implements SpanSink {
  /** Spans of each write, in order. */
  readonly writes: number[] = []
  readonly #answers: (() => void)[] = []

  write(batch: Parameters<SpanSink['write']>[0]): Promise<WriteReceipt> {
    this.writes.push(batch.groups.reduce((sum, { spans }) => sum + spans.length, 0))
    const groups = batch.groups.map(({ spans }) => ({
      storedSpans: spans.length,
      duplicateSpans: 0,
      storedLogEvents: 0,
      refusedSpans: 0,
      refusedLogEvents: 0,
    }))
    return new Promise((resolve) => this.#answers.push(() => resolve({ groups } as unknown as WriteReceipt)))
  }

  /** Answers the oldest write that waits. */
  answer(): void {
    this.#answers.shift()!()
  }
}

function open(sink: SpanSink): IngestQueue {
  const context = {
    maxInflatedBytes: 64_000_000,
    maxJsonObjects: 10_000,
    decode: defaultDecodeLimits,
    redaction: redactionOf([]),
    prices: undefined,
  }
  return new IngestQueue({ sink, context, onQueued: () => {} })
}

let lastSpan = 0

/** Text that hardly compresses, of so many bytes, and of the last span's own. */
function noise(bytes: number): string {
  return createHash('shake256', { outputLength: bytes }).update(`${lastSpan}`).digest('base64').slice(0, bytes)
}

/** A request of so many spans, each with so many bytes that do not compress. */
function request(spans: number, bytes = 0): IngestRequest {
  const made = Array.from({ length: spans }, () => ({
    traceId: 'a'.repeat(32),
    spanId: (++lastSpan).toString(16).padStart(16, '0'),
    name: 'step',
    startTimeUnixNano: '1790000000000000000',
    endTimeUnixNano: '1790000001000000000',
    attributes: [{ key: 'text', value: { stringValue: noise(bytes) } }],
  }))
  const body = gzipSync(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: made }] }] }))
  return {
    signal: 'traces',
    format: 'json',
    encoding: 'gzip',
    body: new Uint8Array(body),
    routing: { headerProject: undefined },
    receivedUs: 1_790_000_000_000_000,
  }
}

/** Enough turns for all that can go on to have done so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
}

describe('IngestQueue', () => {
  test('makes the next write while one is committed, and then writes together what has come', async () => {
    const sink = new SlowSink()
    const queue = open(sink)
    const taken = [queue.take(request(300)), queue.take(request(300)), queue.take(request(300))]
    await expect.poll(() => sink.writes).toEqual([600, 300])
    const more = [queue.take(request(1)), queue.take(request(2))]
    await settle()
    expect(sink.writes).toEqual([600, 300])
    sink.answer()
    await expect.poll(() => sink.writes).toEqual([600, 300, 3])
    sink.answer()
    sink.answer()
    expect(await Promise.all([...taken, ...more])).toMatchObject(
      [300, 300, 300, 1, 2].map((storedSpans) => ({ storedSpans })),
    )
  })

  test('takes bodies that are inflated beside the thread, in the order they came', async () => {
    const sink = new SlowSink()
    const queue = open(sink)
    const taken = [request(1, 80_000), request(2, 80_000), request(3), request(4, 80_000)].map((one) => queue.take(one))
    for (let answered = 0; answered < 10;) {
      await expect.poll(() => sink.writes.length).toBeGreaterThan(0)
      answered += sink.writes.shift()!
      sink.answer()
    }
    expect((await Promise.all(taken)).map((outcome) => 'storedSpans' in outcome && outcome.storedSpans)).toEqual([
      1, 2, 3, 4,
    ])
  })

  test('refuses JSON of more objects than are allowed', async () => {
    const queue = open(new SlowSink())
    const many = { ...request(0), encoding: 'identity' as const, body: Buffer.from(`[${'{},'.repeat(9999)}{}]`) }
    expect(await queue.take(many)).toMatchObject({ status: 'too-large', reason: 'json_too_large' })
    const fewer = { ...many, body: Buffer.from(`[${'{},'.repeat(9998)}{}]`) }
    expect(await queue.take(fewer)).toMatchObject({ status: 'malformed' })
  })

  test('refuses a large body that is damaged, and takes what comes after it', async () => {
    const sink = new SlowSink()
    const queue = open(sink)
    const damaged = request(1, 80_000)
    damaged.body.fill(0, 1000)
    const refused = queue.take(damaged)
    const taken = queue.take(request(2))
    expect(await refused).toMatchObject({ status: 'malformed', reason: 'bad_compression' })
    await expect.poll(() => sink.writes).toEqual([2])
    sink.answer()
    expect(await taken).toMatchObject({ storedSpans: 2 })
  })
})
