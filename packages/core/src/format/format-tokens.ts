import { formatCount } from './format-count.ts'

/**
 * A number of tokens: exact under a thousand, then in thousands and millions. `formatCount` gives it exactly, for
 * details and titles.
 *
 * `312` `8.4k` `283k` `9.84M` `68.1M`
 */
export function formatTokens(tokens: number): string {
  if (tokens < 1000) return String(Math.round(tokens))
  // Where rounding would give a figure too many, the next step is the nearer one: 9,950 is 10k, 999,500 is 1.00M.
  if (tokens < 9950) return `${(tokens / 1000).toFixed(1)}k`
  if (tokens < 999_500) return `${Math.round(tokens / 1000)}k`
  if (tokens < 9_995_000) return `${(tokens / 1_000_000).toFixed(2)}M`
  if (tokens < 99_950_000) return `${(tokens / 1_000_000).toFixed(1)}M`
  return `${formatCount(tokens / 1_000_000)}M`
}

/** What went in and what came out: `33k → 1.2k`. */
export function formatTokensInOut(inputTokens: number, outputTokens: number): string {
  return `${formatTokens(inputTokens)} → ${formatTokens(outputTokens)}`
}

/** Figures of a trace beside its tokens. */
interface CallTotals {
  readonly modelCalls: number
  readonly failedSteps: number
  /** Some of its calls have no price. */
  readonly isPartial: boolean
}

/**
 * Whether nothing is known of the tokens of a trace: its model calls told of none, and failed, or could not be priced.
 * A sum that holds nothing is not 0.
 */
export function areTokensUntold(tokens: number, { modelCalls, failedSteps, isPartial }: CallTotals): boolean {
  return tokens === 0 && modelCalls > 0 && (failedSteps > 0 || isPartial)
}

/** The tokens of a trace for a column: `283k` `0` `–`, and nothing for one that called no model. */
export function formatTokensCell(tokens: number, calls: CallTotals): string {
  if (tokens === 0 && calls.modelCalls === 0) return ''
  return areTokensUntold(tokens, calls) ? '–' : formatTokens(tokens)
}
