import { assert, asyncProperty } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  batchOf,
  callOf,
  eventOf,
  messagesOf,
  outcomeOf,
  projectA,
  seeded,
  spanIdOf,
  spanOf,
  storeCommandsWithLogs,
  textMessage,
  traceIdOf,
} from '../../../contract/index.ts'
import { unpackEntries } from '../../chunk.ts'
import { foldRollups } from '../idle/fold-rollups.ts'
import { repackChunks } from '../idle/repack-chunks.ts'
import { takeOutSome, TraceHider } from './delete-traces.ts'
import { noiseOf } from '../../noise.ts'
import { oneThreadStore } from '../../one-thread-store.ts'
import { openStoreFixture, type StoreFixture } from '../../store-fixture.ts'

const scope = { projectId: projectA }
const shared = textMessage('system', 'shared by all traces')

const conversation = (trace: number, turns = 1) => [
  spanOf({ trace, id: 1, type: 'agent' }),
  ...Array.from({ length: turns }, (_, turn) =>
    spanOf({
      trace,
      id: turn + 2,
      parent: 1,
      type: 'llm',
      call: callOf('large', 1, 1),
      input: messagesOf(shared, textMessage('user', `question ${turn} of trace ${trace}`)),
    }),
  ),
]

const incompressible = (trace: number) => spanOf({ trace, input: { form: 'value', value: noiseOf(trace, 700_000) } })

/** The texts that chunks still hold. */
const entriesOf = ({ database }: StoreFixture) =>
  database
    .prepare('select z from chunk')
    .all()
    .flatMap((row) => unpackEntries(row['z'] as Uint8Array))
    .filter((text) => text !== '')

const says = (store: StoreFixture, words: string) => entriesOf(store).filter((text) => text.includes(words)).length

const hide = (store: StoreFixture, trace: number) =>
  store.writer.run((parts) => {
    const row = parts.database.prepare('select id from trace where trace_id = unhex(?)').get(traceIdOf(trace))
    return new TraceHider(parts).hide(row!['id'] as number)
  })

describe('deleteTrace', () => {
  test('empties its own entries, and keeps a body that another trace uses until that goes too', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([...conversation(1), ...conversation(2), ...conversation(3)]))
    for (const [trace, left] of [
      [1, 1],
      [3, 1],
      [2, 0],
    ] as const) {
      await store.deletions.deleteTrace(scope, traceIdOf(trace))
      expect({ trace, left: says(store, 'shared by all') }).toEqual({ trace, left })
      expect(says(store, `of trace ${trace}`)).toBe(0)
    }
    expect(store.rowCounts()).toEqual({ dict: 1, project: 1 })
  })

  test('stores a body anew that was deleted, instead of referring to what is gone', async () => {
    using store = openStoreFixture()
    await store.write(batchOf(conversation(1)))
    await store.deletions.deleteTrace(scope, traceIdOf(1))
    await store.write(batchOf(conversation(2)))
    const { span } = store.reader.readSpan(scope, traceIdOf(2), spanIdOf(2))
    expect(span.input).toMatchObject({ messages: [shared, {}] })
  })

  test('keeps what a trace brings that refers to a body between two turns of its deletion', async () => {
    using store = openStoreFixture()
    await store.write(batchOf(conversation(1)))
    hide(store, 1)
    await store.write(batchOf(conversation(2)))
    while (store.writer.run(takeOutSome));
    const { span } = store.reader.readSpan(scope, traceIdOf(2), spanIdOf(2))
    expect(span.input).toMatchObject({ messages: [shared, {}] })
    expect(says(store, 'of trace 1')).toBe(0)
  })

  test('empties what log records brought, though the trace stays that they name', async () => {
    using store = openStoreFixture()
    const logEvents = [
      eventOf({
        sessionId: 'session 1',
        traceId: traceIdOf(1),
        afterUs: 10_000_000,
        input: [textMessage('user', 'said in a log')],
        attributes: { note: 'noted in a log' },
        standsFor: { type: 'llm', name: 'call' },
      }),
    ]
    await store.write(batchOf(conversation(1), { logEvents }))
    const [made] = store.reader.listTraces(scope, { sessionId: 'session 1' }, { limit: 1 }).items
    expect([says(store, 'said in a log'), says(store, 'noted in a log')]).toEqual([1, 2])
    await store.deletions.deleteTrace(scope, made!.traceId)
    expect([says(store, 'said in a log'), says(store, 'noted in a log')]).toEqual([0, 0])
    expect(store.reader.listTraces(scope, {}, { limit: 5 })).toMatchObject({ total: 1 })
  })

  test('keeps a body that a log record refers to', async () => {
    using store = openStoreFixture()
    await store.write(batchOf(conversation(1)))
    const said = eventOf({ name: 'gen_ai.user.message', traceId: traceIdOf(2), spanId: spanIdOf(1), input: [shared] })
    await store.write(batchOf([], { logEvents: [said] }))
    await store.deletions.deleteTrace(scope, traceIdOf(1))
    await store.write(batchOf([spanOf({ trace: 2, type: 'llm' })]))
    const { span } = store.reader.readSpan(scope, traceIdOf(2), spanIdOf(1))
    expect(span.input).toEqual(messagesOf(shared))
  })

  test('takes the entries of replaced spans with it', async () => {
    using store = openStoreFixture()
    const begun = spanOf({ id: 1, durationUs: null, input: { form: 'value', value: 'an early version' } })
    await store.write(batchOf([begun]))
    await store.write(batchOf([spanOf({ id: 1 })]))
    expect(says(store, 'an early version')).toBe(1)
    await store.deletions.deleteTrace(scope, traceIdOf(1))
    expect(entriesOf(store)).toEqual([])
  })

  test('takes a long trace in many turns, out of every answer with the first', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([...conversation(1, 5000), ...conversation(2)]))
    expect(hide(store, 1)).toBe(5001)
    expect(store.reader.listTraces(scope, {}, { limit: 5 })).toMatchObject({ total: 1 })
    expect(store.reader.readStats(scope)).toMatchObject({ traces: 1, spans: 2 })
    expect(store.reader.readAnalytics(scope, { fromUs: 0 }, store.nowUs).summary.llmCalls).toBe(1)
    let turns = 1
    while (store.writer.run(takeOutSome)) turns++
    expect(turns).toBeGreaterThan(2)
    expect(says(store, 'of trace 1')).toBe(0)
    expect(store.rowCounts()).toMatchObject({ trace: 1, span: 2 })
    expect(store.rowCounts()).not.toHaveProperty('deletion')
  })

  test('goes on after the store was closed in the middle', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([...conversation(1), ...conversation(2)]))
    hide(store, 1)
    await store.deletions.finishDeletions()
    expect(says(store, 'of trace 1')).toBe(0)
    expect(says(store, 'of trace 2')).toBe(1)
  })

  test('leaves no name of what it deleted in rollups that were folded before', async () => {
    using store = openStoreFixture()
    const named = spanOf({ trace: 1, name: 'a secret name' })
    await store.write(batchOf([named, ...conversation(2)]))
    while (store.writer.run(foldRollups));
    await store.deletions.deleteTrace(scope, traceIdOf(1))
    const names = store.database.prepare('select v from dict').all()
    expect(names.map((row) => row['v'])).not.toContain('a secret name')
    const { summary } = store.reader.readAnalytics(scope, { fromUs: 0 }, store.nowUs)
    expect(summary).toMatchObject({ totalTraces: 1, llmCalls: 1 })
  })

  test('folds nothing that was not folded before', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([...conversation(1), ...conversation(2)]))
    await store.deletions.deleteTrace(scope, traceIdOf(1))
    expect(store.rowCounts()).not.toHaveProperty('rollup_hour')
    expect(store.rowCounts()).not.toHaveProperty('rollup_day')
  })

  test('empties a body after its chunk was put together with others, its owner long gone', async () => {
    using store = openStoreFixture()
    for (let trace = 1; trace <= 140; trace++) await store.write(batchOf(conversation(trace)))
    await store.deletions.deleteTrace(scope, traceIdOf(1))
    const chunks = store.rowCounts()['chunk']!
    while (store.writer.run(repackChunks));
    expect(store.rowCounts()['chunk']).toBeLessThan(chunks)
    for (let trace = 2; trace < 140; trace++) await store.deletions.deleteTrace(scope, traceIdOf(trace))
    expect(says(store, 'shared by all')).toBe(1)
    expect(store.reader.readSpan(scope, traceIdOf(140), spanIdOf(2)).span.input).toMatchObject({
      messages: [shared, {}],
    })
    await store.deletions.deleteTrace(scope, traceIdOf(140))
    expect(store.rowCounts()).toEqual({ dict: 1, project: 1 })
  })

  test('says how many bytes it freed, and gives them back', async () => {
    using store = openStoreFixture()
    for (const trace of [1, 2]) await store.write(batchOf([incompressible(trace)]))
    const pages = () => Number(store.database.prepare('pragma page_count').get()!['page_count'])
    const before = pages()
    const { freedBytes } = await store.deletions.deleteTrace(scope, traceIdOf(1))
    expect(freedBytes).toBe((before - pages()) * 4096)
    expect(freedBytes).toBeGreaterThan(200_000)
  })
})

describe('deleting everything', () => {
  test('leaves a store as empty as it was, whatever was done to it', async () => {
    await assert(
      asyncProperty(storeCommandsWithLogs, async (commands) => {
        using fixture = openStoreFixture()
        const store = oneThreadStore(fixture)
        for (const command of commands) await outcomeOf(store, command)
        for (const { projectId } of await store.listProjects({})) await store.deleteProject(projectId)
        expect(fixture.rowCounts()).toEqual({ dict: 1 })
      }),
      { ...seeded, numRuns: 60 },
    )
  })
})
