import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, asyncProperty } from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { compareStores, sampleNowUs, seeded, storeCommandsWithLogs, storeContract } from '../contract/index.ts'
import { openMemoryStore } from '../memory/index.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

const home = mkdtempSync(join(tmpdir(), 'tracellm-contract-'))
/** Its samples are of 2024. On a busy machine a test may last long enough for their minutes to be folded into days. */
const open = () => openSqliteStore({ folder: mkdtempSync(join(home, 'store-')), isTidied: false })

afterAll(() => rmSync(home, { recursive: true, force: true }))

storeContract('sqlite', open)

describe('openSqliteStore', () => {
  // What it finds `one-thread-store.test.ts` finds sooner, but for what lies between the threads.
  test('answers as a store that recomputes everything, whatever is done to both', async () => {
    await assert(
      asyncProperty(storeCommandsWithLogs, async (commands) => {
        await using truth = openMemoryStore({ clock: () => sampleNowUs })
        await using store = await open()
        await expect(compareStores(truth, store, commands)).resolves.toBeUndefined()
      }),
      { ...seeded, numRuns: 4 },
    )
  })
})
