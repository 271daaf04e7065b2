import { describe, expect, test } from 'vitest'
import {
  batchOf,
  eventOf,
  messagesOf,
  projectA,
  spanIdOf,
  spanOf,
  textMessage,
  traceIdOf,
} from '../../../contract/index.ts'
import { unpackEntries } from '../../chunk.ts'
import { openStoreFixture, type StoreFixture } from '../../store-fixture.ts'
import { repackChunks } from './repack-chunks.ts'

const scope = { projectId: projectA }

const call = (number: number, durationUs: number | null = 1000) =>
  spanOf({
    trace: 1 + (number % 3),
    id: number + 1,
    durationUs,
    attributes: { state: durationUs === null ? 'open' : 'ended' },
    input: messagesOf(textMessage('system', 'shared'), textMessage('user', `question ${number}`)),
  })

const wholes = (store: StoreFixture) =>
  [1, 2, 3].map((trace) => store.reader.readSpans(scope, traceIdOf(trace), { limit: 200 }).items)

const chunks = (store: StoreFixture) => store.database.prepare('select id, n, z from chunk order by id').all()

const repackAll = (store: StoreFixture): void => {
  while (store.writer.run(repackChunks));
}

describe('repackChunks', () => {
  test('makes few chunks of many small ones, and changes no answer', async () => {
    using store = openStoreFixture()
    for (let number = 0; number < 200; number++) await store.write(batchOf([call(number)]))
    const before = wholes(store)
    expect(chunks(store)).toHaveLength(200)
    repackAll(store)
    expect(chunks(store).length).toBeLessThan(80)
    expect(wholes(store)).toEqual(before)
    repackAll(store)
    expect(wholes(store)).toEqual(before)
  })

  test('lets go of the details of versions that were replaced', async () => {
    using store = openStoreFixture()
    for (let number = 0; number < 100; number++) {
      await store.write(batchOf([call(number, null)]))
      await store.write(batchOf([call(number)]))
    }
    repackAll(store)
    const [first] = chunks(store)
    const entries = unpackEntries(first!['z'] as Uint8Array)
    expect(entries.filter((text) => text.includes('"open"'))).toEqual([])
    expect(entries.filter((text) => text.includes('"ended"')).length).toBeGreaterThan(10)
    expect(store.reader.readSpan(scope, traceIdOf(1), spanIdOf(1)).span.attributes).toEqual({ state: 'ended' })
  })

  test('keeps what log records brought until they are joined', async () => {
    using store = openStoreFixture()
    for (let number = 0; number < 150; number++) {
      const said = { sessionId: 'session', promptId: 'prompt', sequence: number, afterUs: number * 1_000_000 }
      const input = [textMessage('user', `question ${number}`)]
      const standsFor = { type: 'llm', name: 'call' } as const
      await store.write(batchOf([], { logEvents: [eventOf({ ...said, input, attributes: { number }, standsFor })] }))
    }
    repackAll(store)
    store.forget()
    await store.write(batchOf([], { logEvents: [eventOf({ sessionId: 'session', promptId: 'prompt', name: 'note' })] }))
    const [made] = store.reader.listTraces(scope, {}, { limit: 1 }).items
    const { items } = store.reader.readSpans(scope, made!.traceId, { limit: 200 })
    const calls = items.map(({ span }) => span).filter(({ type }) => type === 'llm')
    expect(calls).toHaveLength(150)
    for (const [number, { input, attributes }] of calls.entries()) {
      const said = messagesOf(textMessage('user', `question ${number}`))
      expect({ input, attributes }).toEqual({ input: said, attributes: { number } })
    }
  })

  test('leaves nothing behind when all is deleted afterwards', async () => {
    using store = openStoreFixture()
    for (let number = 0; number < 150; number++) await store.write(batchOf([call(number, null), call(number)]))
    repackAll(store)
    for (const trace of [1, 2, 3]) await store.deletions.deleteTrace(scope, traceIdOf(trace))
    expect(Object.keys(store.rowCounts())).not.toContain('chunk')
    expect(Object.keys(store.rowCounts())).not.toContain('chunk_owner')
  })
})
