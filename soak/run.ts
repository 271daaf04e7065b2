import { parseArgs } from 'node:util'
import { killRounds } from './kill/kill-rounds.ts'

/**
 * Long runs that look for what tests are too short for.
 *
 *   npm run soak -- kill [--rounds 20] [--senders 8] [--round-ms 4000] [--seed 1]
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '20' },
    senders: { type: 'string', default: '8' },
    'round-ms': { type: 'string', default: '4000' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
})

if (positionals[0] === 'kill') {
  const seed = Number(values.seed)
  console.log(`kill: ${values.rounds} rounds, seed ${seed}`)
  const { acknowledgedSpans, faults } = await killRounds({
    rounds: Number(values.rounds),
    senders: Number(values.senders),
    maxRoundMs: Number(values['round-ms']),
    seed,
    say: (line) => console.log(line),
  })
  for (const fault of faults.slice(0, 20)) console.error(fault)
  console.log(`${acknowledgedSpans} spans acknowledged, ${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
} else {
  console.error('Say which: npm run soak -- kill')
  process.exitCode = 1
}
