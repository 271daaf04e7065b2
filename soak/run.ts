import { parseArgs } from 'node:util'
import { soakKill } from './kill/soak-kill.ts'
import { soakModel } from './model/soak-model.ts'

/**
 * Long runs that look for what tests are too short for.
 *
 *   npm run soak -- kill [--rounds 20] [--senders 8] [--round-ms 4000] [--seed 1]
 *   npm run soak -- model [--minutes 10] [--seed 1]
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '20' },
    senders: { type: 'string', default: '8' },
    'round-ms': { type: 'string', default: '4000' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
})
const seed = Number(values.seed)

switch (positionals[0]) {
  case 'kill':
    process.exitCode = await soakKill({
      rounds: Number(values.rounds),
      senders: Number(values.senders),
      maxRoundMs: Number(values['round-ms']),
      seed,
    })
    break
  case 'model':
    process.exitCode = await soakModel(Number(values.minutes), seed)
    break
  default:
    console.error('Say which: npm run soak -- kill, npm run soak -- model')
    process.exitCode = 1
}
