import { assert, asyncProperty, boolean, oneof } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareStores, sampleNowUs, seeded, storeCommands, storeCommandsWithLogs } from '../contract/index.ts'
import { openMemoryStore } from '../memory/index.ts'
import { oneThreadStore } from './one-thread-store.ts'
import { openStoreFixture } from './store-fixture.ts'

describe('writer and readers', () => {
  // Without threads a run takes a tenth of the time: raise `numRuns` to look for longer.
  test('answer as a store that recomputes everything, whatever is done and forgotten', async () => {
    await assert(
      asyncProperty(oneof(storeCommands, storeCommandsWithLogs), boolean(), async (commands, isForgetful) => {
        await using truth = openMemoryStore({ clock: () => sampleNowUs })
        await using store = oneThreadStore(openStoreFixture(), isForgetful)
        await expect(compareStores(truth, store, commands, 'last')).resolves.toBeUndefined()
      }),
      { ...seeded, numRuns: 40 },
    )
  })
})
