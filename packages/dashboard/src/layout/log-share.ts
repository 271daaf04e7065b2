const shortestMs = 10
const longestMs = 600_000

/**
 * How long a bar is for a duration, from 0 (10 ms and less) to 1 (10 minutes and more), on a scale that is the same in
 * every list: tenfold time is a fifth more.
 */
export function logShare(durationMs: number): number {
  const share = Math.log(durationMs / shortestMs) / Math.log(longestMs / shortestMs)
  return Math.min(1, Math.max(0, share))
}
