import { describe, expect, test } from 'vitest'
import type { StoreChange, StoreChanges } from '../port/change.ts'
import { listAll, type OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, projectB, sampleStartUs, spanIdOf, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }
const kinds = (changes: readonly StoreChange[]): string[] => changes.map((change) => change.type).toSorted()

/** Each commit tells what it changed, in numbers that only grow. */
export function changesContract(open: OpenStore): void {
  describe('changes', () => {
    test('tell of each touched trace and each new or replaced span', async () => {
      await using store = await open()
      const heard: StoreChanges[] = []
      store.onChanges((changes) => heard.push(changes))
      const start = (await store.readStats({})).sequence

      const call = spanOf({ id: 2, parent: 1, type: 'llm', durationUs: null, context: { environment: 'prod' } })
      await store.write(batchOf([spanOf({ id: 1, durationUs: null }), call, spanOf({ trace: 2 })]))
      expect(heard.flatMap(({ changes }) => kinds(changes)).toSorted()).toEqual([
        ...Array.from({ length: 3 }, () => 'span.created'),
        ...Array.from({ length: 2 }, () => 'trace.created'),
      ])
      expect(heard.at(-1)!.sequence).toBe(start + 5)
      expect((await store.readStats({})).sequence).toBe(start + 5)

      await store.write(batchOf([{ ...call, endUs: sampleStartUs + 7, call: callOf('large', 10, 5) }]))
      const { changes, sequence } = heard.at(-1)!
      expect(sequence).toBe(start + 7)
      expect(kinds(changes)).toEqual(['span.updated', 'trace.updated'])
      expect(changes.find((change) => change.type === 'span.updated')).toMatchObject({
        projectId: projectA,
        environment: 'prod',
        traceId: traceIdOf(1),
        traceStartUs: sampleStartUs,
        step: { spanId: spanIdOf(2), durationUs: 7, inputTokens: 10 },
      })
    })

    test('are numbered one by one, each once', async () => {
      await using store = await open()
      const heard: StoreChanges[] = []
      store.onChanges((changes) => heard.push(changes))
      const start = (await store.readStats({})).sequence
      for (const trace of [1, 2, 3]) {
        await store.write(
          batchOf([spanOf({ trace }), spanOf({ trace, id: 2, parent: 1 }), spanOf({ trace: 1, id: trace + 5 })]),
        )
      }
      const numbers = heard.flatMap(({ changes }) => changes.map((change) => change.sequence))
      expect(numbers).toEqual(Array.from(numbers, (_, at) => start + 1 + at))
      for (const { changes, sequence } of heard) expect(changes.at(-1)!.sequence).toBe(sequence)
    })

    test('show a trace as the list does', async () => {
      await using store = await open()
      const heard: StoreChange[] = []
      store.onChanges(({ changes }) => heard.push(...changes))
      const input = { form: 'value', value: 'long '.repeat(200) } as const
      await store.write(batchOf([spanOf({ input })]))
      const told = heard.find((change) => 'trace' in change)!
      expect(told.trace).toEqual((await listAll(store, scope))[0])
      expect(Array.from(told.trace.prompt!)).toHaveLength(500)
    })

    test('are counted while nobody listens, and not told afterwards', async () => {
      await using store = await open()
      const heard: StoreChanges[] = []
      const stop = store.onChanges((changes) => heard.push(changes))
      await store.write(batchOf([spanOf()]))
      stop()
      const { sequence } = await store.readStats({})
      await store.write(batchOf([spanOf({ trace: 2 })]))
      expect(heard).toHaveLength(1)
      expect((await store.readStats({})).sequence).toBe(sequence + 2)
    })

    test('say nothing of a version that does not stand', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf()]))
      const [row] = await listAll(store, scope)
      const heard: StoreChanges[] = []
      store.onChanges((changes) => heard.push(changes))
      await store.write(batchOf([spanOf({ durationUs: null })]))
      expect(heard).toEqual([])
      expect(await listAll(store, scope)).toEqual([row])
    })

    test('tell of scores', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf()], { projectId: projectB }))
      const heard: StoreChange[] = []
      store.onChanges(({ changes }) => heard.push(...changes))
      const score = { scoreId: 's', traceId: traceIdOf(1), name: 'ok', value: 1, source: 'api', createdUs: 5 } as const
      await store.writeScore({}, score)
      expect(heard).toMatchObject([{ type: 'score.created', projectId: projectB, score }])
      expect((await store.readStats({})).sequence).toBe(heard[0]!.sequence)
    })
  })
}
