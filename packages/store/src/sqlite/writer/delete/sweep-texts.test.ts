import { assert, asyncProperty, integer } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchOf, callOf, projectA, seeded, spanOf, traceIdOf } from '../../../contract/index.ts'
import { openStoreFixture, type StoreFixture } from '../../store-fixture.ts'
import { TextSweep } from './sweep-texts.ts'

const scope = { projectId: projectA }

function agentTrace(trace: number, word: string) {
  return [
    spanOf({ trace, id: 1, name: `agent ${word}`, context: { userId: `user ${word}`, tags: [`tag ${word}`] } }),
    spanOf({ trace, id: 2, parent: 1, type: 'llm', name: `call ${word}`, call: callOf(`model ${word}`, 1, 1) }),
  ]
}

const texts = (store: StoreFixture, table = 'dict') =>
  store.database
    .prepare(`select v from ${table} order by v`)
    .all()
    .map((row) => String(row['v']))

/** Deletes without the sweep that would follow. */
async function deleteUnswept(store: StoreFixture, trace: number): Promise<void> {
  store.database.exec(`update project set spans = spans + 1000000`)
  await store.deletions.deleteTrace(scope, traceIdOf(trace))
  store.database.exec(`update project set spans = spans - 1000000`)
}

function sweepStepwise(store: StoreFixture, rowsATurn: number, between: (turn: number) => Promise<void>) {
  const sweep = store.writer.run((parts) => new TextSweep(parts, rowsATurn))
  return (async () => {
    for (let turn = 1; ; turn++) {
      const outcome = store.writer.run((parts) => sweep.step(parts))
      if (outcome !== 'more') return { outcome, turns: turn }
      await between(turn)
    }
  })()
}

describe('TextSweep', () => {
  test('deletes the texts of what was deleted, and no other', async () => {
    using store = openStoreFixture()
    await store.write(batchOf(agentTrace(1, 'kept')))
    const before = texts(store)
    await store.write(batchOf(agentTrace(2, 'gone')))
    await deleteUnswept(store, 2)
    expect(texts(store)).toContain('user gone')
    expect(await sweepStepwise(store, 3, async () => {})).toMatchObject({ outcome: 'done' })
    expect(texts(store)).toEqual(before)
  })

  test('spares what comes into use again while it runs, whenever that is', async () => {
    await assert(
      asyncProperty(integer({ min: 1, max: 12 }), integer({ min: 1, max: 40 }), async (rowsATurn, comesAfter) => {
        using store = openStoreFixture()
        for (let trace = 1; trace < 6; trace++) await store.write(batchOf(agentTrace(trace, `kept ${trace}`)))
        await store.write(batchOf(agentTrace(9, 'back')))
        await deleteUnswept(store, 9)
        await sweepStepwise(store, rowsATurn, async (turn) => {
          if (turn === comesAfter) await store.write(batchOf(agentTrace(9, 'back')))
        })
        // Where the sweep was over before, it comes now.
        await store.write(batchOf(agentTrace(9, 'back')))
        const { steps, trace } = store.reader.readTrace(scope, traceIdOf(9), { limit: 5 })
        expect(trace).toMatchObject({
          name: 'agent back',
          userId: 'user back',
          tags: ['tag back'],
          models: ['model back'],
        })
        expect(store.reader.listTraces(scope, { userId: 'user back' }, { limit: 5 })).toMatchObject({ total: 1 })
        expect(steps.items.map((step) => step.name)).toEqual(['agent back', 'call back'])
      }),
      { ...seeded, numRuns: 40 },
    )
  })

  test('gives up after a rollback, and takes nothing away', async () => {
    using store = openStoreFixture()
    await store.write(batchOf(agentTrace(1, 'kept')))
    const before = texts(store)
    const { outcome } = await sweepStepwise(store, 1, async () => {
      expect(() =>
        store.writer.run(() => {
          throw new Error('rolled back')
        }),
      ).toThrow('rolled back')
    })
    expect(outcome).toBe('lost')
    expect(texts(store)).toEqual(before)
  })

  test('leaves the rollups of what remains as they are', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([...agentTrace(1, 'kept'), ...agentTrace(2, 'gone')]))
    await store.deletions.deleteTrace(scope, traceIdOf(2))
    await store.write(batchOf(agentTrace(3, 'kept')))
    const { modelBreakdown } = store.reader.readAnalytics(scope, { fromUs: 0 }, store.nowUs)
    expect(modelBreakdown).toMatchObject([{ key: 'model kept', count: 2 }])
  })
})
