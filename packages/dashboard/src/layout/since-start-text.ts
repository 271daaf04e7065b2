import { formatMilliseconds } from '@tracellm/core/format'

/** How long after the start of its trace something was: `+4.20 s`. What is less than can be told was at the start. */
export function sinceStartText(offsetMs: number): string {
  return Math.abs(offsetMs) < 1
    ? 'at the start'
    : `${offsetMs < 0 ? '−' : '+'}${formatMilliseconds(Math.abs(offsetMs))}`
}
