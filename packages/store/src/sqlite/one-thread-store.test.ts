import { assert } from 'fast-check'
import { describe, test } from 'vitest'
import { seeded } from '../contract/index.ts'
import { writerAndReadersModel } from './model/index.ts'

describe('writer and readers', () => {
  // Without threads a run takes a tenth of the time: `npm run soak -- model` looks for longer.
  test('answer as a store that recomputes everything, whatever is done and forgotten', async () => {
    await assert(writerAndReadersModel(), { ...seeded, numRuns: 40 })
  })
})
