import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { batchOf, callOf, eventOf, messagesOf, projectA, spanOf, textMessage, traceIdOf } from '../contract/index.ts'
import type { TraceStore } from '../port/trace-store.ts'
import { openSpanSink } from '../sink/index.ts'
import { openForReading } from './open-database.ts'
import { openSqliteStore } from './open-sqlite-store.ts'
import { storePaths } from './store-folder.ts'

let folder: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracellm-store-'))
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Five calls that share a message with those of all other traces. */
const sample = JSON.stringify(
  Array.from({ length: 5 }, (_, place) =>
    spanOf({
      ...(place > 0 && { parent: 1 }),
      type: 'llm',
      call: callOf('large', 1, 1),
      input: messagesOf(textMessage('system', 'shared'), textMessage('user', `question ${place} of trace {trace}`)),
    }),
  ),
)

/** Starts a second process on the store, and gives what it says line by line. */
function startElsewhere(what: 'hold' | 'write' | 'delete') {
  const script = new URL('./store-test-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [script, folder, what, sample], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const next = async (): Promise<string> => String((await lines.next()).value)
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { child, next, kill }
}

function countRows(table: string): number {
  const database = openForReading(folder)
  const { n } = database.prepare(`select count(*) n from ${table}`).get()!
  database.close()
  return n as number
}

const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: unknown) => error,
  )

/** Writes rubbish over the pages of an index. */
function damage(index: string): void {
  const path = storePaths(folder).spans
  const database = new DatabaseSync(path)
  const pages = database.prepare('select pageno from dbstat where name = ?').all(index)
  database.close()
  const file = openSync(path, 'r+')
  for (const row of pages) writeSync(file, Buffer.alloc(4096, 0xaa), 0, 4096, ((row['pageno'] as number) - 1) * 4096)
  closeSync(file)
}

/** Every trace there is, read whole: fails where anything refers to what is not there. */
async function readEverything(store: TraceStore): Promise<Set<string>> {
  const seen = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await store.listTraces({}, {}, { limit: 200, cursor })
    for (const { traceId } of page.items) {
      const { items } = await store.readSpans({}, traceId, { limit: 100 })
      for (const { span } of items)
        expect(span.input).toMatchObject({ messages: [textMessage('system', 'shared'), {}] })
      seen.add(traceId)
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return seen
}

describe('openSqliteStore', () => {
  test('is refused while another process has the store, which goes on', async () => {
    const other = startElsewhere('hold')
    expect(await other.next()).toBe('open')
    expect(await failure(openSqliteStore({ folder }))).toMatchObject({
      code: 'TL_STORE_LOCKED',
      extra: { pid: other.child.pid },
    })
    expect(other.child.exitCode).toBeNull()
  })

  test('reads beside a process that writes, when asked for no more than that', async () => {
    const other = startElsewhere('write')
    for (let line = 0; line < 5; line++) await other.next()
    await using store = await openSqliteStore({ folder, readOnly: true })
    const seen = await readEverything(store)
    expect(seen.size).toBeGreaterThanOrEqual(4)
    expect(await failure(store.write(batchOf([spanOf()])))).toMatchObject({ code: 'TL_STORE_UNAVAILABLE' })
    expect(await failure(store.deleteTrace({}, traceIdOf(1)))).toMatchObject({ code: 'TL_STORE_UNAVAILABLE' })
    expect(() => store.connectSink()).toThrow(expect.objectContaining({ code: 'TL_STORE_UNAVAILABLE' }))
    expect(store.onChanges(() => {})()).toBeUndefined()
  })

  test('makes nothing where it only reads', async () => {
    await using store = await openSqliteStore({ folder: join(folder, 'home'), readOnly: true })
    expect(await store.listTraces({}, {}, { limit: 5 })).toMatchObject({ items: [], total: 0 })
    expect(await store.readStats({})).toMatchObject({ traces: 0, sizeBytes: 0, faults: [] })
    expect(readdirSync(folder)).toEqual([])
  })

  test('has everything that was acknowledged before its process was killed', async () => {
    const other = startElsewhere('write')
    expect(await other.next()).toBe('open')
    let acknowledged = 0
    while (acknowledged < 30) acknowledged = Number(await other.next())
    await other.kill()
    await using store = await openSqliteStore({ folder })
    const seen = await readEverything(store)
    for (let trace = 1; trace <= acknowledged; trace++) expect(seen).toContain(traceIdOf(trace))
    expect(await store.readStats({})).toMatchObject({ traces: seen.size, spans: seen.size * 5 })
    expect((await store.readAnalytics({}, { fromUs: 0 })).summary).toMatchObject({
      totalTraces: seen.size,
      llmCalls: seen.size * 5 - seen.size,
    })
  })

  test('takes up a deletion in the middle of which its process was killed', async () => {
    const other = startElsewhere('delete')
    while ((await other.next()) !== 'deletes');
    while (countRows('deletion') === 0) await new Promise(setImmediate)
    await other.kill()
    await using store = await openSqliteStore({ folder })
    await readEverything(store)
    const { traces, spans } = await store.readStats({})
    expect(await store.deleteProject(projectA)).toMatchObject({ deletedTraces: traces, deletedSpans: spans })
    const tables = ['span', 'chunk', 'body_use', 'deletion', 'rollup_minute', 'dims', 'project']
    expect(tables.map(countRows)).toEqual(tables.map(() => 0))
  })

  test('knows the key environments of traces when it is opened again, of those without spans too', async () => {
    const event = eventOf({ traceId: traceIdOf(2), name: 'gen_ai.user.message' })
    const byDev = batchOf([spanOf()], { environment: 'dev', logEvents: [event] })
    const byProd = batchOf([spanOf({ id: 2, afterUs: -1 }), spanOf({ trace: 2 })], { environment: 'prod' })
    {
      await using store = await openSqliteStore({ folder })
      await store.write(byDev)
    }
    await using store = await openSqliteStore({ folder })
    expect((await store.write(byProd)).groups[0]).toMatchObject({ storedSpans: 0, refusedSpans: 2 })
    const { items } = await store.listTraces({}, {}, { limit: 50 })
    expect(items).toMatchObject([{ environment: 'dev', spanCount: 1 }])
  })

  test('takes in what another thread sends over a sink', async () => {
    await using store = await openSqliteStore({ folder })
    const sink = openSpanSink(store.connectSink())
    await sink.write(batchOf([spanOf({ input: messagesOf(textMessage('user', 'by another way')) })]))
    expect(await store.readTrace({}, traceIdOf(1), { limit: 1 })).toMatchObject({ trace: { prompt: 'by another way' } })
  })

  test('has written what was under way when it is closed, and refuses what comes after', async () => {
    const store = await openSqliteStore({ folder })
    const writes = [1, 2, 3].map((trace) => store.write(batchOf([spanOf({ trace })])))
    await store[Symbol.asyncDispose]()
    await Promise.all(writes)
    expect(await failure(store.write(batchOf([spanOf({ trace: 4 })])))).toMatchObject({ code: 'TL_STORE_UNAVAILABLE' })
    expect(await failure(store.listTraces({}, {}, { limit: 1 }))).toMatchObject({ code: 'TL_STORE_UNAVAILABLE' })
    await store[Symbol.asyncDispose]()
    expect(readdirSync(folder).toSorted()).toEqual(['lock.db', 'spans.db'])
    await using again = await openSqliteStore({ folder })
    expect(await again.readStats({})).toMatchObject({ traces: 3 })
  })

  test('says that a file is damaged, and serves what it can', async () => {
    {
      await using store = await openSqliteStore({ folder })
      for (let trace = 1; trace < 50; trace++) await store.write(batchOf([spanOf({ trace })]))
    }
    damage('trace_list')
    await using store = await openSqliteStore({ folder })
    expect(await failure(store.listTraces({}, {}, { limit: 5 }))).toMatchObject({ code: 'TL_STORE_CORRUPT' })
    expect(await store.listProjects({})).toHaveLength(1)
  })

  test.each(['meta', 'chunk'])('says that a file is damaged whose head is whole: %s', async (table) => {
    {
      await using store = await openSqliteStore({ folder })
      await store.write(batchOf([spanOf()]))
    }
    damage(table)
    const use = async () => {
      await using store = await openSqliteStore({ folder })
      await store.readSpans({}, traceIdOf(1), { limit: 5 })
    }
    const detail: unknown = expect.stringContaining(storePaths(folder).spans)
    expect(await failure(use())).toMatchObject({ code: 'TL_STORE_CORRUPT', detail })
  })

  test('tells how large the files are', async () => {
    await using store = await openSqliteStore({ folder })
    await store.write(batchOf([spanOf()]))
    const { sizeBytes, detail, type } = await store.readStats({})
    expect({ detail, type }).toEqual({ detail: storePaths(folder).spans, type: 'sqlite' })
    expect(sizeBytes).toBe(statSync(detail).size + statSync(`${detail}-wal`).size)
  })
})
