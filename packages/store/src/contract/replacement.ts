import type { Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { listAll, readWhole, stepsOf, type OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, sampleStartUs, spanIdOf, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }
const range = { fromUs: sampleStartUs - 600_000_000, toUs: sampleStartUs + 600_000_000 }

/** Versions of one span, the one that stands last. */
const versions: Record<string, [Span, Span]> = {
  'an ended one before an open one': [
    spanOf({ name: 'open', durationUs: null, attributes: { a: 1, b: 2, c: 3 } }),
    spanOf({ name: 'ended', durationUs: 0 }),
  ],
  'the one that ends later': [
    spanOf({ name: 'earlier', durationUs: 100, attributes: { a: 1 } }),
    spanOf({ name: 'later', durationUs: 101 }),
  ],
  'the one with more attributes': [
    spanOf({ name: 'fewer', attributes: { a: 1 } }),
    spanOf({ name: 'more', attributes: { a: 1, b: 2 } }),
  ],
  'the one with more attributes, those used up counted': [
    spanOf({ name: 'fewer', attributes: { a: 1, b: 2 } }),
    spanOf({ name: 'more', source: { ...spanOf().source, usedKeys: ['c', 'd', 'e'] } }),
  ],
}

/** Of two versions of a span one stands, and the other leaves no trace. */
export function replacementContract(open: OpenStore): void {
  describe('replacement', () => {
    for (const [rule, [loser, winner]] of Object.entries(versions)) {
      test(`keeps ${rule}, in either order`, async () => {
        for (const order of [
          [loser, winner],
          [winner, loser],
          [loser, winner, loser],
        ]) {
          await using store = await open()
          for (const span of order) await store.write(batchOf([span]))
          const { span } = await store.readSpan(scope, traceIdOf(1), spanIdOf(1))
          expect(span).toEqual(winner)
        }
      })
    }

    test('chooses between versions that differ in content alone, the same in either order', async () => {
      const pair = [spanOf({ name: 'one' }), spanOf({ name: 'other' })]
      const names: string[] = []
      for (const order of [pair, pair.toReversed()]) {
        await using store = await open()
        for (const span of order) await store.write(batchOf([span]))
        names.push((await store.readSpan(scope, traceIdOf(1), spanIdOf(1))).span.name)
      }
      expect(names[0]).toBe(names[1])
    })

    test('chooses within one batch as between batches', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ name: 'ended' }), spanOf({ name: 'open', durationUs: null })]))
      await store.write(
        batchOf([spanOf({ trace: 2, name: 'open', durationUs: null }), spanOf({ trace: 2, name: 'ended' })]),
      )
      const names = (await listAll(store, scope)).map((row) => row.name)
      expect(names).toEqual(['ended', 'ended'])
    })

    test('takes the replaced version out of every figure', async () => {
      await using store = await open()
      const root = spanOf({ id: 1, type: 'agent', durationUs: 5000 })
      const before = spanOf({
        id: 2,
        parent: 1,
        type: 'llm',
        afterUs: -200_000_000,
        status: 'error',
        error: { message: 'cut off' },
        durationUs: null,
        call: callOf('small', 100, 10),
        context: { tags: ['early'], sessionId: 'early' },
      })
      const after = spanOf({ id: 2, parent: 1, type: 'llm', durationUs: 3000, call: callOf('large', 7, 3) })
      await store.write(batchOf([root, before]))
      expect((await listAll(store, scope))[0]).toMatchObject({ status: 'running', inputTokens: 100, errorCount: 1 })
      await store.write(batchOf([after]))

      await using clean = await open()
      await clean.write(batchOf([root, after]))
      expect(await readWhole(store, scope, traceIdOf(1))).toEqual(await readWhole(clean, scope, traceIdOf(1)))
      expect(await store.readAnalytics(scope, range)).toEqual(await clean.readAnalytics(scope, range))
      expect(await listAll(store, scope, { model: 'small' })).toEqual([])
      expect(await listAll(store, scope, { sessionId: 'early' })).toEqual([])
      expect(await listAll(store, scope, { model: 'large' })).toHaveLength(1)
    })

    test('turns a running trace into a finished one when its root ends', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ durationUs: null })]))
      expect((await listAll(store, scope))[0]).toMatchObject({ status: 'running', openSpans: 1 })
      expect((await store.readAnalytics(scope, range)).summary).toMatchObject({ totalTraces: 1, runningTraces: 1 })
      await store.write(batchOf([spanOf({ durationUs: 40 })]))
      expect((await listAll(store, scope))[0]).toMatchObject({ status: 'success', endUs: sampleStartUs + 40 })
      expect((await store.readAnalytics(scope, range)).summary).toMatchObject({
        totalTraces: 1,
        runningTraces: 0,
        averageLatencyUs: 40,
      })
    })

    test('moves a span when the version that stands has another parent', async () => {
      await using store = await open()
      const call = callOf('large', 10, 1)
      const wrapper = spanOf({ id: 2, parent: 1, type: 'llm', afterUs: 1, call })
      await store.write(
        batchOf([spanOf({ id: 1 }), wrapper, spanOf({ id: 3, parent: 2, type: 'llm', afterUs: 2, call })]),
      )
      expect((await listAll(store, scope))[0]).toMatchObject({ llmCalls: 1, inputTokens: 10 })
      const moved = spanOf({ id: 3, parent: 1, type: 'llm', afterUs: 2, durationUs: 2000, call })
      await store.write(batchOf([moved]))
      expect((await listAll(store, scope))[0]).toMatchObject({ llmCalls: 2, inputTokens: 20 })
      const parents = (await stepsOf(store, scope, traceIdOf(1))).map((step) => step.parentId)
      expect(parents).toEqual([undefined, spanIdOf(1), spanIdOf(1)])
    })
  })
}
