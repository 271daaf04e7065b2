import { describe, expect, test } from 'vitest'
import type { TraceFilter } from '../port/queries.ts'
import { listAll, type OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, projectB, sampleStartUs, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }

const sample = [
  spanOf({ trace: 1, afterUs: 100, durationUs: 500, context: { environment: 'prod', userId: 'anna', sessionId: 's' } }),
  spanOf({ trace: 1, id: 2, parent: 1, afterUs: 100, type: 'llm', call: callOf('large', 10, 5) }),
  spanOf({ trace: 1, id: 3, parent: 1, afterUs: 101, type: 'embedding', call: callOf('embed', 4, 0) }),
  spanOf({
    trace: 2,
    afterUs: 200,
    durationUs: 3000,
    status: 'error',
    context: { environment: 'dev', userId: 'anna' },
  }),
  spanOf({ trace: 3, afterUs: 300, durationUs: null, context: { environment: 'prod' } }),
  spanOf({ trace: 4, afterUs: 300, durationUs: 500, type: 'llm', call: callOf('large', 100, 50) }),
]

const filters: [TraceFilter, number[]][] = [
  [{}, [4, 3, 2, 1]],
  [{ environment: 'prod' }, [3, 1]],
  [{ status: 'failed' }, [2]],
  [{ status: 'running' }, [3]],
  [{ status: 'success' }, [4, 1]],
  [{ model: 'large' }, [4, 1]],
  [{ model: 'embed' }, [1]],
  [{ model: 'nobody' }, []],
  [{ userId: 'anna' }, [2, 1]],
  [{ sessionId: 's' }, [1]],
  [{ userId: 'anna', environment: 'dev' }, [2]],
  [{ userId: 'anna', sessionId: 's', model: 'embed', environment: 'prod', status: 'success' }, [1]],
  [{ latencyMinUs: 1001 }, [2, 1]],
  [{ latencyMinUs: 3000 }, [2]],
  [{ latencyMaxUs: 500 }, [4]],
  [{ latencyMinUs: 0, latencyMaxUs: 5000 }, [4, 2, 1]],
  [{ tokenMin: 19 }, [4, 1]],
  [{ tokenMin: 20 }, [4]],
  [{ tokenMax: 0 }, [3, 2]],
  [{ tokenMin: 1, tokenMax: 19 }, [1]],
  [{ fromUs: sampleStartUs + 200 }, [4, 3, 2]],
  [{ toUs: sampleStartUs + 200 }, [1]],
  [{ fromUs: sampleStartUs + 200, toUs: sampleStartUs + 300 }, [2]],
  [{ fromUs: sampleStartUs + 300, toUs: sampleStartUs + 300 }, []],
]

/** Lists show the traces that match, newest first. */
export function listsContract(open: OpenStore): void {
  describe('lists', () => {
    test('holds all that a filter asks for, newest first', async () => {
      await using store = await open()
      await store.write(batchOf(sample))
      await store.write(batchOf([spanOf({ trace: 5 })], { projectId: projectB }))
      for (const [filter, traces] of filters) {
        const page = await store.listTraces(scope, filter, { limit: 50 })
        expect({ filter, ids: page.items.map((row) => row.traceId) }).toEqual({ filter, ids: traces.map(traceIdOf) })
        expect(page).toMatchObject({ total: traces.length, totalIsExact: true })
        expect(page.nextCursor).toBeUndefined()
      }
    })

    test('finds users and sessions by ids of any length', async () => {
      await using store = await open()
      const context = { userId: 'user '.repeat(200), sessionId: 'session '.repeat(200) }
      await store.write(batchOf([spanOf({ context }), spanOf({ trace: 2 })]))
      for (const filter of [{ userId: context.userId }, { sessionId: context.sessionId }]) {
        expect((await listAll(store, scope, filter)).map(({ traceId }) => traceId)).toEqual([traceIdOf(1)])
      }
    })

    test('joins the environment of the scope and that of the filter', async () => {
      await using store = await open()
      await store.write(batchOf(sample))
      expect(await listAll(store, { environment: 'prod' }, { environment: 'dev' })).toEqual([])
      expect(await listAll(store, { environment: 'prod' }, { environment: 'prod' })).toHaveLength(2)
    })

    test('follows a trace when what it is filtered by changes', async () => {
      await using store = await open()
      await store.write(
        batchOf([spanOf({ id: 2, parent: 1, afterUs: 5, context: { userId: 'ben', environment: 'dev' } })]),
      )
      expect(await listAll(store, scope, { userId: 'ben', environment: 'dev' })).toHaveLength(1)
      await store.write(batchOf([spanOf({ id: 1, context: { userId: 'anna', environment: 'prod' } })]))
      expect(await listAll(store, scope, { userId: 'ben' })).toEqual([])
      expect(await listAll(store, scope, { environment: 'dev' })).toEqual([])
      expect(await listAll(store, scope, { userId: 'anna', environment: 'prod' })).toHaveLength(1)
      expect(await listAll(store, scope, { toUs: sampleStartUs + 1 })).toHaveLength(1)
    })

    test('cuts prompt and response to 500 characters, and gives them whole by id', async () => {
      await using store = await open()
      const input = { form: 'value', value: '🙂'.repeat(600) } as const
      await store.write(batchOf([spanOf({ input, output: { form: 'value', value: 'short' } })]))
      const [row] = await listAll(store, scope)
      expect(Array.from(row!.prompt!)).toHaveLength(500)
      expect(row!.prompt!.endsWith('🙂…')).toBe(true)
      expect(row!.response).toBe('short')
      expect((await store.readTrace(scope, traceIdOf(1), { limit: 1 })).trace.prompt).toBe(input.value)
    })

    test('keeps when it first heard of a trace, and last', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf()]))
      const [before] = await listAll(store, scope)
      expect(before!.updatedUs).toBeGreaterThanOrEqual(before!.createdUs)
      await store.write(batchOf([spanOf({ id: 2, parent: 1 })]))
      const [after] = await listAll(store, scope)
      expect(after!.createdUs).toBe(before!.createdUs)
      expect(after!.updatedUs).toBeGreaterThanOrEqual(before!.updatedUs)
    })

    test('counts exactly up to 10,000', async () => {
      await using store = await open()
      const many = Array.from({ length: 10_000 }, (_, at) => spanOf({ trace: at + 1, afterUs: at }))
      for (let at = 0; at < many.length; at += 1000) await store.write(batchOf(many.slice(at, at + 1000)))
      const exact = { total: 10_000, totalIsExact: true }
      expect(await store.listTraces(scope, {}, { limit: 1 })).toMatchObject(exact)
      await store.write(batchOf([spanOf({ trace: 10_001, context: { userId: 'anna' } })]))
      expect(await store.listTraces(scope, {}, { limit: 1 })).toMatchObject({ total: 10_000, totalIsExact: false })
      expect(await store.listTraces(scope, { fromUs: sampleStartUs + 1 }, { limit: 1 })).toMatchObject({ total: 9999 })
      expect(await store.listTraces(scope, { userId: 'anna' }, { limit: 1 })).toMatchObject({
        total: 1,
        totalIsExact: true,
      })
    })
  })
}
