import { asyncProperty, boolean, oneof, type IAsyncProperty } from 'fast-check'
import {
  compareStores,
  sampleNowUs,
  storeCommands,
  storeCommandsWithLogs,
  type StoreCommand,
} from '../../contract/index.ts'
import { openMemoryStore } from '../../memory/index.ts'
import { oneThreadStore } from '../one-thread-store.ts'
import { openStoreFixture } from '../store-fixture.ts'

/**
 * Writer and readers answer as a store that recomputes everything, whatever is done and forgotten. A test asks so a few
 * times, `npm run soak -- model` for as long as one likes.
 */
export function writerAndReadersModel(): IAsyncProperty<[readonly StoreCommand[], isForgetful: boolean]> {
  return asyncProperty(oneof(storeCommands, storeCommandsWithLogs), boolean(), async (commands, isForgetful) => {
    await using truth = openMemoryStore({ clock: () => sampleNowUs })
    await using store = oneThreadStore(openStoreFixture(), isForgetful)
    await compareStores(truth, store, commands, 'last')
  })
}
