import { describe, expect, test } from 'vitest'
import { batchOf, projectA, spanIdOf, spanOf, traceIdOf } from '../../contract/index.ts'
import { noiseOf } from '../noise.ts'
import { openStoreFixture, type StoreFixture } from '../store-fixture.ts'

const scope = { projectId: projectA }
const noise = (trace: number) => spanOf({ trace, input: { form: 'value', value: noiseOf(trace, 350_000) } })

/** No page more than there are: what a full disk is to the engine. */
function fillDisk({ database }: StoreFixture): void {
  const pages = Number(database.prepare('pragma page_count').get()?.['page_count'])
  database.exec(`pragma max_page_count = ${pages}`)
}

describe('a full disk', () => {
  test('fails a write of which nothing is kept, and spares what is there', async () => {
    using store = openStoreFixture()
    const kept = noise(1)
    await store.write(batchOf([kept]))
    const before = store.rowCounts()
    fillDisk(store)
    await expect(store.write(batchOf([noise(2)]))).rejects.toMatchObject({ code: 'TL_STORE_FULL' })
    expect(store.rowCounts()).toEqual(before)
    expect(store.reader.readSpan(scope, traceIdOf(1), spanIdOf(1)).span).toEqual(kept)
  })

  test('is over when there is room again, without opening the store anew', async () => {
    using store = openStoreFixture()
    await store.write(batchOf([noise(1)]))
    fillDisk(store)
    const batch = batchOf([noise(2)])
    await expect(store.write(batch)).rejects.toMatchObject({ code: 'TL_STORE_FULL' })
    store.database.exec('pragma max_page_count = 1000000')
    expect((await store.write(batch)).groups[0]).toMatchObject({ storedSpans: 1, duplicateSpans: 0 })
    expect(store.reader.readSpan(scope, traceIdOf(2), spanIdOf(1)).span).toEqual(batch.groups[0]!.spans[0])
  })
})
