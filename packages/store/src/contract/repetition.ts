import { describe, expect, test } from 'vitest'
import type { StoreChanges } from '../port/change.ts'
import { listAll, readWhole, type OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, spanOf, sampleStartUs, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }
const spans = [
  spanOf({ id: 1, type: 'agent' }),
  spanOf({ id: 2, parent: 1, type: 'llm', call: callOf('large', 10, 5) }),
  spanOf({ id: 3, parent: 1, type: 'tool', status: 'error', tool: { name: 'search' } }),
]
const range = { fromUs: sampleStartUs, toUs: sampleStartUs + 60_000_000 }

/** Writing again changes nothing. */
export function repetitionContract(open: OpenStore): void {
  describe('repetition', () => {
    test('counts what is new, and what was known', async () => {
      await using store = await open()
      const first = await store.write(batchOf(spans.slice(0, 2)))
      expect(first.groups[0]).toMatchObject({ storedSpans: 2, duplicateSpans: 0 })
      const second = await store.write(batchOf(spans))
      expect(second.groups[0]).toMatchObject({ storedSpans: 1, duplicateSpans: 2 })
      expect(second.groups[0]!.projectOfTrace).toEqual(new Map([[traceIdOf(1), projectA]]))
    })

    test('changes no answer and announces nothing', async () => {
      await using store = await open()
      await store.write(batchOf(spans))
      const rows = await listAll(store, scope)
      const whole = await readWhole(store, scope, traceIdOf(1))
      const analytics = await store.readAnalytics(scope, range)
      const { sequence } = await store.readStats({})

      const heard: StoreChanges[] = []
      store.onChanges((changes) => heard.push(changes))
      await store.write(batchOf(spans))
      await store.write(batchOf(spans.toReversed()))

      expect(await listAll(store, scope)).toEqual(rows)
      expect(await readWhole(store, scope, traceIdOf(1))).toEqual(whole)
      expect(await store.readAnalytics(scope, range)).toEqual(analytics)
      expect((await store.readStats({})).sequence).toBe(sequence)
      expect(heard).toEqual([])
    })

    test('counts a span once that a batch has twice', async () => {
      await using store = await open()
      const receipt = await store.write(batchOf([...spans, ...spans]))
      expect(receipt.groups[0]).toMatchObject({ storedSpans: 3, duplicateSpans: 3 })
      expect((await listAll(store, scope))[0]).toMatchObject({ spanCount: 3, inputTokens: 10, toolCalls: 1 })
      expect((await store.readAnalytics(scope, range)).summary).toMatchObject({ inputTokens: 10, llmCalls: 1 })
    })

    test('takes an empty batch, and a group of nothing', async () => {
      await using store = await open()
      expect((await store.write({ groups: [] })).groups).toEqual([])
      expect((await store.write(batchOf([]))).groups[0]).toMatchObject({ storedSpans: 0, duplicateSpans: 0 })
    })
  })
}
