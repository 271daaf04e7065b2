import { killRounds, type KillRounds } from './kill-rounds.ts'

/** `npm run soak -- kill`, with its exit code. */
export async function soakKill(options: Omit<KillRounds, 'say'>): Promise<number> {
  console.log(`kill: ${options.rounds} rounds, seed ${options.seed}`)
  const { acknowledgedSpans, faults } = await killRounds({ ...options, say: (line) => console.log(line) })
  for (const fault of faults.slice(0, 20)) console.error(fault)
  console.log(`${acknowledgedSpans} spans acknowledged, ${faults.length} faults`)
  return faults.length === 0 ? 0 : 1
}
