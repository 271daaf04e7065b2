/**
 * How large figures get. Sums of them over a whole store have to stay whole numbers that a JS number holds exactly.
 */

/**
 * Tokens of one kind in one model call. A thousand times what the largest models take; nine million such calls can
 * still be summed exactly. More is a slip of the sender and is not taken as a count.
 */
export const maxCallTokens = 1_000_000_000

/** What one model call can cost, in nano-USD: $10,000, for the same reasons. */
export const maxCallNanoUsd = 10_000_000_000_000

/** The last instant that is exact, in the year 2255; the first is the start of 1970. */
export const maxInstantUs = Number.MAX_SAFE_INTEGER

/** Where sums end, whatever is added: half of what is exact, so that two of them may still be added. */
export const maxSum = 4_503_599_627_370_495

/** A sum as far as it goes: `maxSum` for all that is more. */
export function saturated(sum: number): number {
  return Math.min(sum, maxSum)
}

/** Whether it is a whole number of microseconds from 1970 to 2255. */
export function isInstantUs(us: number): boolean {
  return Number.isSafeInteger(us) && us >= 0
}
