import { formatCount } from './format-count.ts'

export interface MoneyOptions {
  /** Some calls have no price, so that the sum is a lower bound (false). */
  readonly isPartial?: boolean
  /** Nothing is known that could have cost anything, see `isCostUntold` (false). */
  readonly isUntold?: boolean
}

/**
 * An amount in nano-USD: four decimals under a cent, three under a dollar, then two. `$0` is for what is exactly free,
 * `?` for what has no price, `–` for what says nothing that could have one.
 *
 * `$0` `<$0.0001` `$0.0026` `$0.163` `$18.42` `$1,284.50` `≥ $0.467` `?` `–`
 */
export function formatMoney(
  nanoUsd: number | undefined,
  { isPartial = false, isUntold = false }: MoneyOptions = {},
): string {
  if (nanoUsd === undefined || (isPartial && nanoUsd <= 0)) return '?'
  if (isUntold) return '–'
  const amount = isTiny(nanoUsd) ? '<$0.0001' : `$${figures(nanoUsd)}`
  return isPartial ? `≥ ${amount}` : amount
}

/** The same for a column whose head says dollars: `0.0026` `≥0.467` `?` `–`. */
export function formatMoneyCell(
  nanoUsd: number | undefined,
  { isPartial = false, isUntold = false }: MoneyOptions = {},
): string {
  if (nanoUsd === undefined || (isPartial && nanoUsd <= 0)) return '?'
  if (isUntold) return '–'
  return `${isPartial ? '≥' : ''}${isTiny(nanoUsd) ? '<0.0001' : figures(nanoUsd)}`
}

/** Figures of a trace beside its cost. */
interface CallTotals {
  readonly modelCalls: number
  readonly tokens: number
  readonly failedSteps: number
}

/**
 * Whether nothing is known of what a trace cost, though no price is missing: all that it told of its model calls is
 * that they failed. They are seldom billed, but a sum that holds nothing is not `$0`.
 */
export function isCostUntold(nanoUsd: number | undefined, { modelCalls, tokens, failedSteps }: CallTotals): boolean {
  return nanoUsd === 0 && modelCalls > 0 && tokens === 0 && failedSteps > 0
}

/** US dollars, as the API gives costs, in nano-USD. */
export function nanoUsdOf(usd: number | null): number | undefined {
  return usd === null ? undefined : Math.round(usd * 1_000_000_000)
}

function isTiny(nanoUsd: number): boolean {
  return nanoUsd > 0 && nanoUsd < 100_000
}

function figures(nanoUsd: number): string {
  if (nanoUsd <= 0) return '0'
  // Where rounding would reach the next step, its decimals hold: 0.99 cents and a bit is 0.010, not 0.0100.
  if (nanoUsd < 9_950_000) return decimals(nanoUsd, 4)
  if (nanoUsd < 999_500_000) return decimals(nanoUsd, 3)
  return decimals(nanoUsd, 2)
}

/** Rounded half up from whole nano-USD, since a float of dollars may lie on the wrong side of a half. */
function decimals(nanoUsd: number, places: number): string {
  const step = 10 ** (9 - places)
  const units = Math.floor((nanoUsd + step / 2) / step)
  const whole = Math.floor(units / 10 ** places)
  return `${formatCount(whole)}.${String(units % 10 ** places).padStart(places, '0')}`
}
