import { expect } from 'vitest'
import type { TraceStore } from '../port/trace-store.ts'
import type { WriteBatch } from '../port/write-batch.ts'
import type { OpenStore } from './read-whole.ts'

/** Writes everything in one order, and in the other into another store: the answers must be the same. */
export async function inEitherOrder(
  open: OpenStore,
  batches: readonly WriteBatch[],
  look: (store: TraceStore) => Promise<unknown>,
): Promise<void> {
  const looks: unknown[] = []
  for (const order of [batches, batches.toReversed()]) {
    await using store = await open()
    for (const batch of order) await store.write(batch)
    looks.push(await look(store))
  }
  expect(looks[1]).toEqual(looks[0])
}
