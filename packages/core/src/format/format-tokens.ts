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
