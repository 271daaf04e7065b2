import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { ProjectId, Span } from '@tracellm/core'
import { mapSpan } from '@tracellm/core/mapping'
import type { DecodedSpan } from '@tracellm/core/otlp'
import { openSpanSink } from '@tracellm/store/sink'
import { ThreadClient } from '@tracellm/store/thread'
import { spanStream, take, type TrafficKind } from './generate/span-stream.ts'

/** Of the writer's thread, what is called here. */
interface WriterThread {
  open(folder: string, durability: 'normal' | 'full'): void
  connectSink(port: MessagePort): void
  close(): void
}

/**
 * What it costs to write spans, against the same spans put as text into one table without an index, in the same run and
 * in turns of one transaction. In time of the processor, so that others on the machine disturb little.
 *
 *   node bench/store-write.ts [--kind agent|rag] [--spans 40000]
 */
const { values } = parseArgs({
  options: { spans: { type: 'string', default: '40000' }, kind: { type: 'string', default: 'agent' } },
})
const nowUs = Date.now() * 1000
const stream = spanStream(values.kind as TrafficKind, 1, nowUs)
const folder = mkdtempSync(join(tmpdir(), 'tracellm-bench-'))

const thread = new Worker(new URL('../packages/store/src/sqlite/writer/writer-worker.ts', import.meta.url))
const writer = new ThreadClient<WriterThread>(thread)
await writer.call('open', [join(folder, 'store'), 'normal'])
const { port1, port2 } = new MessageChannel()
await writer.call('connectSink', [port2], [port2])
const sink = openSpanSink(port1)

const plain = new DatabaseSync(join(folder, 'plain.db'))
plain.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -65536')
plain.exec('create table span(trace_id text, span_id text, parent text, name text, start_us int, end_us int, v text)')
const insertPlain = plain.prepare('insert into span values (?, ?, ?, ?, ?, ?, ?)')

/** Batches before the clock runs, while the engine still compiles. */
const warmUpBatches = 24

const spent = { plain: 0, sink: 0, writer: 0 }
let spans = 0
let bytes = 0

async function timed(what: 'plain' | 'sink', run: () => unknown): Promise<void> {
  const before = process.threadCpuUsage()
  const result = run()
  const { user, system } = process.threadCpuUsage(before)
  spent[what] += user + system
  await result
}

async function writerUs(): Promise<number> {
  const { user, system } = await thread.cpuUsage()
  return user + system
}

/** Strings of its own for each turn, and one resource for all spans of a batch, as a decoder makes them. */
function fresh(texts: readonly string[]): Span[] {
  const decoded = texts.map((text) => JSON.parse(text) as DecodedSpan)
  const { resource, scope } = decoded[0]!
  return decoded.map((span) => mapSpan({ ...span, resource, scope }, { receivedUs: nowUs }))
}

function writePlain(batch: readonly Span[], texts: readonly string[]): void {
  plain.exec('begin')
  for (const [place, { traceId, spanId, parentId, name, startUs, endUs }] of batch.entries()) {
    insertPlain.run(traceId, spanId, parentId ?? null, name, startUs, endUs!, texts[place]!)
  }
  plain.exec('commit')
}

for (let count = 0; spans < Number(values.spans); count++) {
  if (count === warmUpBatches) Object.assign(spent, { plain: 0, sink: 0, writer: 0 })
  const texts = take(stream, 512).map((span) => JSON.stringify(span))
  const attributes = texts.map((text) => JSON.stringify((JSON.parse(text) as DecodedSpan).attributes))
  const batch = fresh(texts)
  await timed('plain', () => writePlain(batch, attributes))
  const groups = [{ projectId: 'bench' as ProjectId, fixed: false, spans: batch, logEvents: [] }]
  const usBefore = await writerUs()
  await timed('sink', () => sink.write({ groups }))
  spent.writer += (await writerUs()) - usBefore
  spans += batch.length
  bytes += attributes.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}

const counted = spans - warmUpBatches * 512
const us = (microseconds: number): string => (microseconds / counted).toFixed(1)
await writer.call('close', [])
await thread.terminate()
plain.exec('pragma wal_checkpoint(truncate)')
const onDisk = (path: string): number => Math.round(statSync(join(folder, path)).size / spans)
console.log(`${values.kind}: ${spans} spans of ${Math.round(bytes / spans)} B as sent`)
console.log(`plain table ${us(spent.plain)} us, sink ${us(spent.sink)} us, writer ${us(spent.writer)} us a span`)
console.log(
  `ratio of the writer ${(spent.plain / spent.writer).toFixed(2)}, of both ${(spent.plain / (spent.writer + spent.sink)).toFixed(2)}`,
)
console.log(`disk ${onDisk('store/spans.db')} B a span, plain ${onDisk('plain.db')} B`)
plain.close()
rmSync(folder, { recursive: true })
