import type { StepJson } from '@tracellm/core/wire'

/** A time, in milliseconds after the start of the trace, in which nothing went on. */
export interface IdleGap {
  readonly startMs: number
  readonly endMs: number
}

/** Shorter waits are drawn as they are: a second, and a fifth of what the picture would show without them. */
const leastIdleMs = 1000
const leastIdleShare = 0.2

/**
 * Where a trace waited for long, in order: the times that no step without children covers. After the last of those it
 * has waited only if it is whole, over and with all its steps: clients tell of most steps when they end.
 *
 * ```
 * a  |----------------------------|
 *  b   |---|
 *  c            |--|     |-|
 *           ^^^^                     a gap, when it is long enough
 * ```
 */
export function idleGaps(steps: readonly StepJson[], endMs: number, isWhole: boolean): IdleGap[] {
  const parents = new Set(steps.map((step) => step.parent_id))
  const leaves = steps.filter((step) => !parents.has(step.step_id)).toSorted((one, other) => one.offset - other.offset)
  const gaps: IdleGap[] = []
  let coveredUntil = 0
  for (const { offset, duration } of leaves) {
    if (offset - coveredUntil >= leastIdleMs) gaps.push({ startMs: coveredUntil, endMs: offset })
    coveredUntil = Math.max(coveredUntil, duration === null ? endMs : offset + duration)
  }
  if (isWhole && endMs - coveredUntil >= leastIdleMs) gaps.push({ startMs: coveredUntil, endMs })
  const idleMs = gaps.reduce((sum, gap) => sum + lengthOf(gap), 0)
  return gaps.filter((gap) => lengthOf(gap) >= leastIdleShare * (endMs - idleMs + lengthOf(gap)))
}

function lengthOf({ startMs, endMs }: IdleGap): number {
  return endMs - startMs
}
