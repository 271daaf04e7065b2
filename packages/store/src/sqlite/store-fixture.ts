import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { SpanSink, TraceStore } from '../port/trace-store.ts'
import { spanSinkOver } from '../sink/index.ts'
import { openForReading, openForWriting } from './open-database.ts'
import { readerCalls, type ReaderCalls } from './reader/reader-calls.ts'
import { Reader } from './reader/reader.ts'
import { storePaths } from './store-folder.ts'
import { deletionCalls, type DeletionCalls } from './writer/delete/deletion-calls.ts'
import { writerCalls, type WriterCalls } from './writer/writer-calls.ts'
import { Writer } from './writer/writer.ts'

/** The parts of a store on the thread of a test, which so decides what comes between two turns. */
export interface StoreFixture extends SpanSink, Disposable {
  readonly writer: Writer
  readonly database: DatabaseSync
  readonly reader: ReaderCalls
  readonly calls: WriterCalls
  readonly deletions: DeletionCalls
  readonly onChanges: TraceStore['onChanges']
  /** The time by its clock, which stands still. */
  readonly nowUs: number
  /** Makes the writer forget what it remembers, as one does that is started anew. */
  forget(): void
  /** How many rows each table has, but for those that count and those that have none. */
  rowCounts(): Record<string, number>
}

/** Two years after the samples of tests: what they bring is old enough to be folded. */
const nowUs = Date.UTC(2026, 0) * 1000

export function openStoreFixture(): StoreFixture {
  const folder = mkdtempSync(join(tmpdir(), 'tracellm-fixture-'))
  const store = openForWriting(folder, 'normal')
  const { database } = store
  const reader = new Reader(openForReading(folder))
  const newWriter = (): Writer =>
    new Writer(database, {
      path: storePaths(folder).spans,
      clock: () => nowUs,
      machine: { hostName: 'here', isProcessGone: () => false },
    })
  let writer = newWriter()
  let listener: Parameters<Writer['listen']>[0]
  const sink = spanSinkOver(async (batch) => {
    const [answer] = writer.write([structuredClone(batch)])
    if (answer instanceof Error) throw answer
    return answer!
  })
  return {
    get writer() {
      return writer
    },
    database,
    reader: readerCalls(() => reader) as ReaderCalls,
    calls: writerCalls(() => writer),
    deletions: deletionCalls(() => writer) as DeletionCalls,
    nowUs,
    onChanges(heard) {
      listener = heard
      writer.listen(listener)
      return () => writer.listen((listener = undefined))
    },
    forget() {
      writer = newWriter()
      writer.listen(listener)
    },
    write: (batch) => sink.write(batch),
    rowCounts: () => rowCounts(database),
    [Symbol.dispose]() {
      reader.close()
      store[Symbol.dispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

function rowCounts(database: DatabaseSync): Record<string, number> {
  const tables = database
    .prepare(`select name from sqlite_schema where type = 'table' and name not in ('meta', 'sqlite_sequence')`)
    .all()
  const counts = tables.map(({ name }): [string, number] => [
    String(name),
    Number(database.prepare(`select count(*) n from "${String(name)}"`).get()?.['n']),
  ])
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}
