import { describe, expect, test } from 'vitest'
import { type OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, sampleStartUs, spanIdOf, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }

/** A trace as columns, and steps by id. */
export function skeletonContract(open: OpenStore): void {
  describe('skeleton', () => {
    test('has a value for each span in each column', async () => {
      await using store = await open()
      await store.write(
        batchOf([
          spanOf({ id: 1, name: 'run', type: 'agent', durationUs: null }),
          spanOf({ id: 2, parent: 1, name: 'call', type: 'llm', afterUs: 10, call: callOf('large', 10, 5) }),
          spanOf({ id: 3, parent: 2, name: 'run', afterUs: 20, status: 'error', error: { message: 'no' } }),
          spanOf({ id: 4, parent: 99, name: 'lost', afterUs: 30 }),
        ]),
      )
      expect(await store.readSkeleton(scope, traceIdOf(1))).toEqual({
        count: 4,
        startUs: sampleStartUs,
        names: ['run', 'call', 'lost'],
        spanId: [1, 2, 3, 4].map(spanIdOf),
        parent: [-1, 0, 1, -1],
        name: [0, 1, 0, 2],
        type: ['agent', 'llm', 'span', 'span'],
        status: ['unset', 'unset', 'error', 'unset'],
        offsetUs: [0, 10, 20, 30],
        durationUs: [null, 1000, 1000, 1000],
        tokens: [null, 15, null, null],
        costNanoUsd: [null, 300, null, null],
        error: [null, null, 'no', null],
      })
    })

    test('leaves out columns of nothing', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf()]))
      const { tokens, costNanoUsd, error } = await store.readSkeleton(scope, traceIdOf(1))
      expect([tokens, costNanoUsd, error]).toEqual([undefined, undefined, undefined])
    })

    test('gives the steps named, in start order, each once', async () => {
      await using store = await open()
      await store.write(batchOf([1, 2, 3].map((id) => spanOf({ id, parent: id === 1 ? undefined : 1, afterUs: id }))))
      const named = [3, 99, 1, 3].map(spanIdOf)
      const steps = await store.readSteps(scope, traceIdOf(1), named)
      expect(steps.map((step) => step.spanId)).toEqual([1, 3].map(spanIdOf))
      expect(await store.readSteps(scope, traceIdOf(1), [])).toEqual([])
    })
  })
}
