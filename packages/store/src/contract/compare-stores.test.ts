import { assert, asyncProperty } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openMemoryStore } from '../memory/memory-store.ts'
import type { TraceStore } from '../port/trace-store.ts'
import { compareStores } from './compare-stores.ts'
import { batchOf, sampleNowUs, spanOf } from './span-samples.ts'
import { storeCommands, storeCommandsWithLogs } from './store-commands.ts'
import { seeded } from './trace-arbitrary.ts'

const open = (): TraceStore => openMemoryStore({ clock: () => sampleNowUs })

describe('compareStores', () => {
  test.each([
    ['spans', storeCommands],
    ['spans and log records', storeCommandsWithLogs],
  ])('finds two stores of one kind alike, whatever is done to them with %s', async (_, anyCommands) => {
    await assert(
      asyncProperty(anyCommands, async (commands) => {
        await using truth = open()
        await using store = open()
        await expect(compareStores(truth, store, commands)).resolves.toBeUndefined()
      }),
      { ...seeded, numRuns: 10 },
    )
  })

  test('finds the difference when one of them knows more', async () => {
    const command = { do: 'write', batch: batchOf([spanOf()]) } as const
    await using truth = open()
    await using store = open()
    await store.write(batchOf([spanOf({ trace: 2, startUs: 0, endUs: 1 })]))
    await expect(compareStores(truth, store, [command])).rejects.toThrow('to deeply equal')
    await expect(compareStores(store, truth, [command])).rejects.toThrow('to deeply equal')
  })
})
