import { describe, expect, test } from 'vitest'
import { listAll, readWhole, type OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, sampleStartUs, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }
const call = callOf('large', 10, 5)
const range = { fromUs: sampleStartUs, toUs: sampleStartUs + 60_000_000 }

/** Children come before their parents, and parents may never come. */
export function lateParentsContract(open: OpenStore): void {
  describe('late parents', () => {
    test('runs until its root comes, and shows children at the top meanwhile', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ id: 3, parent: 2, afterUs: 2 }), spanOf({ id: 4, parent: 3, afterUs: 3 })]))
      expect((await listAll(store, scope))[0]).toMatchObject({ name: 'span 3', status: 'running', endUs: undefined })
      expect(await store.readSkeleton(scope, traceIdOf(1))).toMatchObject({ parent: [-1, 0] })

      await store.write(batchOf([spanOf({ id: 2, parent: 1, afterUs: 1 })]))
      expect(await store.readSkeleton(scope, traceIdOf(1))).toMatchObject({ parent: [-1, 0, 1] })
      await store.write(batchOf([spanOf({ id: 1, name: 'root', durationUs: 9000 })]))
      expect((await listAll(store, scope))[0]).toMatchObject({ name: 'root', status: 'success', spanCount: 4 })
      expect(await store.readSkeleton(scope, traceIdOf(1))).toMatchObject({ parent: [-1, 0, 1, 2] })
    })

    test('counts a call once when the call inside it comes before it, or after it', async () => {
      const root = spanOf({ id: 1 })
      const wrapper = spanOf({ id: 2, parent: 1, type: 'llm', afterUs: 1, call: { ...call, requestModel: 'wrapped' } })
      const step = spanOf({ id: 3, parent: 2, type: 'chain', afterUs: 2 })
      const inner = spanOf({ id: 4, parent: 3, type: 'llm', afterUs: 3, call })
      for (const order of [
        [inner, step, wrapper, root],
        [root, wrapper, inner, step],
        [wrapper, inner, root, step],
      ]) {
        await using store = await open()
        for (const span of order) await store.write(batchOf([span]))
        const counted = { llmCalls: 1, inputTokens: 10, outputTokens: 5, costNanoUsd: 300 }
        expect((await listAll(store, scope))[0]).toMatchObject({ ...counted, models: ['large'] })
        const { summary, modelBreakdown } = await store.readAnalytics(scope, range)
        expect(summary).toMatchObject(counted)
        expect(modelBreakdown.map(({ key, count }) => [key, count])).toEqual([['large', 1]])
      }
    })

    test('counts both calls once a tool comes between them', async () => {
      await using store = await open()
      const outer = spanOf({ id: 1, type: 'llm', call })
      const inner = spanOf({ id: 3, parent: 2, type: 'llm', afterUs: 3, call })
      await store.write(batchOf([outer, inner]))
      expect((await listAll(store, scope))[0]).toMatchObject({ llmCalls: 2 })
      await store.write(batchOf([spanOf({ id: 2, parent: 1, type: 'tool', afterUs: 2 })]))
      expect((await listAll(store, scope))[0]).toMatchObject({ llmCalls: 2, inputTokens: 20 })
    })

    test('stays readable where spans are each other’s ancestors', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ id: 1, parent: 2, type: 'llm', call }), spanOf({ id: 2, parent: 1 })]))
      await store.write(batchOf([spanOf({ id: 3, parent: 3, afterUs: 4 })]))
      const { trace, steps } = await readWhole(store, scope, traceIdOf(1))
      expect(trace).toMatchObject({ status: 'running', spanCount: 3, llmCalls: 1, inputTokens: 10 })
      expect(steps).toHaveLength(3)
    })
  })
}
