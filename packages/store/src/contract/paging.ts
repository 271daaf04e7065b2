import { describe, expect, test } from 'vitest'
import { listAll, readPages, spansOf, stepsOf, type OpenStore } from './read-whole.ts'
import { batchOf, projectA, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }
const count = 23
/** Several start at the same instant. */
const traces = Array.from({ length: count }, (_, at) => spanOf({ trace: at + 1, afterUs: Math.floor(at / 5) }))
const steps = Array.from({ length: count }, (_, at) =>
  spanOf({ id: at + 1, parent: at === 0 ? undefined : 1, afterUs: Math.floor(at / 5) }),
)

/** Pages follow one another without a gap or a repeat. */
export function pagingContract(open: OpenStore): void {
  describe('paging', () => {
    test('gives each trace once, in pages of any size', async () => {
      await using store = await open()
      await store.write(batchOf(traces))
      const ids = traces.map((span) => span.traceId).toReversed()
      for (const limit of [1, 4, 5, 22, 23, 24]) {
        expect((await listAll(store, scope, {}, limit)).map((row) => row.traceId)).toEqual(ids)
      }
      const first = await store.listTraces(scope, {}, { limit: 4 })
      const second = await store.listTraces(scope, {}, { limit: 4, cursor: first.nextCursor })
      expect([first.total, second.total]).toEqual([count, count])
    })

    test('neither skips nor repeats while newer and older traces come in', async () => {
      await using store = await open()
      await store.write(batchOf(traces))
      let trace = 100
      const seen = await readPages(async (page) => {
        await store.write(batchOf([spanOf({ trace: trace++, afterUs: 50 }), spanOf({ trace: trace++, afterUs: -50 })]))
        return store.listTraces(scope, {}, page)
      }, 4)
      const ids = seen.map((row) => row.traceId)
      expect(new Set(ids).size).toBe(ids.length)
      for (const span of traces) expect(ids).toContain(span.traceId)
    })

    test('gives each step and each span once, in start order', async () => {
      await using store = await open()
      await store.write(batchOf(steps.toReversed()))
      const ids = steps.map((span) => span.spanId)
      for (const limit of [1, 4, 5, 23, 24]) {
        expect((await stepsOf(store, scope, traceIdOf(1), limit)).map((step) => step.spanId)).toEqual(ids)
        expect((await spansOf(store, scope, traceIdOf(1), limit)).map(({ span }) => span.spanId)).toEqual(ids)
      }
    })

    test('pages over all projects', async () => {
      await using store = await open()
      for (const projectId of ['one', 'two', 'three']) {
        await store.write(batchOf(traces.slice(0, 4), { projectId: projectId as never }))
      }
      const rows = await listAll(store, {}, {}, 5)
      expect(new Set(rows.map((row) => `${row.projectId} ${row.traceId}`)).size).toBe(12)
    })

    test('refuses a cursor that is none of its own', async () => {
      await using store = await open()
      await store.write(batchOf([...traces, ...steps]))
      const { nextCursor: ofTraces } = await store.listTraces(scope, {}, { limit: 2 })
      const { steps: page } = await store.readTrace(scope, traceIdOf(1), { limit: 2 })
      for (const cursor of ['', 'x', '{}', '[]', 'null', '%%%', page.nextCursor!, `${ofTraces!}x`.repeat(2)]) {
        await expect(store.listTraces(scope, {}, { limit: 2, cursor })).rejects.toMatchObject({ code: 'TL_BAD_CURSOR' })
      }
      for (const cursor of ['', 'x', '-1', ofTraces!]) {
        await expect(store.readTrace(scope, traceIdOf(1), { limit: 2, cursor })).rejects.toMatchObject({
          code: 'TL_BAD_CURSOR',
        })
        await expect(store.readSpans(scope, traceIdOf(1), { limit: 2, cursor })).rejects.toMatchObject({
          code: 'TL_BAD_CURSOR',
        })
      }
    })
  })
}
