import { check, type IRawProperty, type RunDetails } from 'fast-check'

export interface ModelRounds {
  /** What is asked, with runs made from a seed. */
  readonly property: IRawProperty<unknown, true>
  /** Of the first round; each has the next one. */
  readonly seed: number
  readonly runsPerRound: number
  /** No round begins after it, but for the first. Milliseconds of `clock`. */
  readonly untilMs: number
  readonly clock: () => number
  readonly say?: (line: string) => void
}

export interface ModelFailure {
  /** The same again with `--seed`. */
  readonly seed: number
  readonly details: RunDetails<unknown>
}

/**
 * Asks the same with one seed after another.
 * @returns how often, and what failed first: the smallest that still does, shrunk by fast-check.
 */
export async function modelRounds({
  property,
  seed,
  runsPerRound,
  untilMs,
  clock,
  say = () => undefined,
}: ModelRounds) {
  let runs = 0
  for (let round = 0; round === 0 || clock() < untilMs; round += 1) {
    const details = await check(property, { seed: seed + round, numRuns: runsPerRound })
    runs += details.numRuns
    if (details.failed) return { runs, failure: { seed: seed + round, details } satisfies ModelFailure }
    say(`seed ${seed + round}: ${runs} runs so far, all alike`)
  }
  return { runs, failure: undefined }
}
