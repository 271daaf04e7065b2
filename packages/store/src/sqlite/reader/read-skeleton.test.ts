import { describe, expect, test } from 'vitest'
import { batchOf, projectA, sampleStartUs, spanIdOf, spanOf, traceIdOf } from '../../contract/index.ts'
import { openStoreFixture } from '../store-fixture.ts'

const hourUs = 3_600_000_000

describe('readSkeleton', () => {
  test.each([
    ['a minute', 1 / 60],
    ['20 days', 20 * 24],
    ['10 years', 10 * 365 * 24],
  ])('gives spans in start order, then by id, over %s', async (_, hours) => {
    using store = openStoreFixture()
    const afterUs = (part: number) => Math.round(hours * hourUs * part)
    await store.write(
      batchOf([
        spanOf({ id: 1 }),
        spanOf({ id: 4, parent: 2, afterUs: afterUs(0.5) }),
        spanOf({ id: 3, parent: 1, afterUs: afterUs(1) }),
        spanOf({ id: 2, parent: 1, afterUs: afterUs(0.5) }),
        spanOf({ id: 5, parent: 9, afterUs: afterUs(0.2) }),
      ]),
    )
    const skeleton = store.reader.readSkeleton({ projectId: projectA }, traceIdOf(1))
    expect(skeleton).toMatchObject({
      count: 5,
      startUs: sampleStartUs,
      spanId: [1, 5, 2, 4, 3].map(spanIdOf),
      parent: [-1, -1, 0, 2, 0],
      offsetUs: [0, 0.2, 0.5, 0.5, 1].map(afterUs),
    })
    expect(skeleton.name.map((place) => skeleton.names[place])).toEqual([1, 5, 2, 4, 3].map((id) => `span ${id}`))
  })
})
