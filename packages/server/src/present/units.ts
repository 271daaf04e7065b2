/** Canonical units and absence, as the wire has them. */

export function millisecondsOf(us: number): number {
  return us / 1000
}

export function dollarsOf(nanoUsd: number): number {
  return nanoUsd / 1e9
}

/** `null` for what is unknown, else what `convert` makes of it. */
export function orNull<Known, Presented>(
  value: Known | undefined,
  convert: (value: Known) => Presented,
): Presented | null {
  return value === undefined ? null : convert(value)
}

/**
 * A sum of costs in US dollars. Where no cost is known and some are missing, the sum is not nought but unknown.
 */
export function sumOfCosts(sum: { readonly costNanoUsd: number; readonly unpricedCalls: number }): number | null {
  return sum.costNanoUsd === 0 && sum.unpricedCalls > 0 ? null : dollarsOf(sum.costNanoUsd)
}
