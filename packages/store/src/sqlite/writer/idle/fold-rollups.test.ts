import { bucketWidthUs } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { batchOf, callOf, projectA, sampleStartUs, spanOf, type SpanSample } from '../../../contract/index.ts'
import { openStoreFixture, type StoreFixture } from '../../store-fixture.ts'
import { foldLateRollups, foldRollups } from './fold-rollups.ts'

const { hour: hourUs, day: dayUs } = bucketWidthUs
const range = { fromUs: sampleStartUs - dayUs / 2, toUs: sampleStartUs + 2 * dayUs, interval: 'day' } as const

const call = (trace: number, afterUs: number, said: SpanSample = {}) =>
  spanOf({ trace, afterUs, type: 'llm', call: callOf('large', trace, 2), durationUs: 1000 * trace, ...said })

const foldAll = (store: StoreFixture, nowUs: number): void => {
  while (store.writer.run(foldRollups, nowUs));
}

const rows = (store: StoreFixture) =>
  Object.fromEntries(
    (['minute', 'hour', 'day'] as const).map((width) => [
      width,
      store.database.prepare(`select count(*) n from rollup_${width}`).get()!['n'],
    ]),
  )

const analytics = (store: StoreFixture) => {
  const { summary, charts, modelBreakdown } = store.reader.readAnalytics({ projectId: projectA }, range, sampleStartUs)
  return { summary, charts, modelBreakdown }
}

describe('foldRollups', () => {
  test('moves minutes to hours and hours to days, and changes no answer', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([call(1, 0), call(2, 60_000_000), call(3, hourUs), call(4, 30 * hourUs)]))
    const before = analytics(store)
    expect(before.summary).toMatchObject({ totalTraces: 4, llmCalls: 4, inputTokens: 10 })
    expect(rows(store)).toMatchObject({ hour: 0, day: 0 })

    foldAll(store, sampleStartUs + 48 * hourUs)
    expect(analytics(store)).toEqual(before)
    expect(rows(store)).toEqual({ minute: 0, hour: 6, day: 0 })

    foldAll(store, sampleStartUs + 60 * dayUs)
    expect(analytics(store)).toEqual(before)
    expect(rows(store)).toEqual({ minute: 0, hour: 0, day: 4 })
  })

  test('comes to an end over a row of no time there is, and folds the other projects', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([call(1, 0)]))
    const columns = 'calls, in_tok, out_tok, cache_r, cache_w, reason, cost, cost_unknown, retries, slow, dur, hist'
    store.database.exec(
      `insert into rollup_minute(project, bucket, dims, n, ${columns})
       select project, -1.6e295, dims, n, ${columns} from rollup_minute limit 1`,
    )
    const later = sampleStartUs + 48 * hourUs
    expect(store.writer.run(foldRollups, later)).toBe(false)
    expect(store.writer.run(foldLateRollups, later)).toBe(false)
  })

  test('leaves minutes that charts of minutes may still show', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([call(1, 0)]))
    const before = rows(store)
    foldAll(store, sampleStartUs + 12 * hourUs)
    expect(rows(store)).toEqual(before)
  })

  test('adds what comes late to what was folded, and takes out what is replaced', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([call(1, 0, { name: 'draft' }), call(2, 10)]))
    foldAll(store, sampleStartUs + 60 * dayUs)
    await store.write(batchOf([call(1, 0, { name: 'final', durationUs: 9000 }), call(3, 20)]))
    const late = analytics(store)
    expect(late.summary).toMatchObject({ totalTraces: 3, llmCalls: 3, inputTokens: 6 })
    foldAll(store, sampleStartUs + 60 * dayUs)
    expect(analytics(store)).toEqual(late)
    expect(rows(store)).toMatchObject({ minute: 0, hour: 0 })

    const names = store.database
      .prepare(`select distinct d.v from rollup_day r join dims m on m.id = r.dims join dict d on d.id = m.name`)
      .all()
      .map((row) => String(row['v']))
    expect(names.toSorted()).toEqual(['final', 'span 1'])
  })
})
