import { expect, test } from 'vitest'
import { killRounds } from '../soak/kill/kill-rounds.ts'

test('what was acknowledged survives a server that is killed, once each, and every rollup agrees', async () => {
  const { acknowledgedSpans, faults } = await killRounds({ rounds: 4, senders: 6, maxRoundMs: 1500, seed: 7 })
  expect(faults).toEqual([])
  expect(acknowledgedSpans).toBeGreaterThan(100)
})
