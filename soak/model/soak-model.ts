import { deepStrictEqual } from 'node:assert'
import { writerAndReadersModel } from '@tracellm/store/sqlite/model'
import { defaultReportMessage } from 'fast-check'
import { modelRounds, type ModelFailure } from './model-rounds.ts'

/** `npm run soak -- model`, with its exit code. */
export async function soakModel(minutes: number, seed: number): Promise<number> {
  console.log(`model: ${minutes} minutes, from seed ${seed} on`)
  const { runs, failure } = await modelRounds({
    property: writerAndReadersModel(),
    seed,
    runsPerRound: 100,
    untilMs: Date.now() + minutes * 60_000,
    clock: Date.now,
    say: (line) => console.log(line),
  })
  if (failure !== undefined) tell(failure)
  console.log(`${runs} runs, ${failure === undefined ? 'no difference' : 'a difference'}`)
  return failure === undefined ? 0 : 1
}

function tell({ seed, details }: ModelFailure): void {
  console.error(defaultReportMessage(details))
  console.error(differenceOf(details.errorInstance))
  console.error(`Again: npm run soak -- model --minutes 0 --seed ${seed}`)
}

/** Line by line, what the error of a failed comparison holds of both sides. */
function differenceOf(error: unknown): string {
  if (!(error instanceof Error && 'actual' in error && 'expected' in error)) return ''
  try {
    deepStrictEqual(error.actual, error.expected)
    return ''
  } catch (difference) {
    return String(difference)
  }
}
