import type { IdleGap } from './idle-gaps.ts'

/** Where the times of a trace lie in a picture, as shares of its width from 0 to 1. */
export interface TimeScale {
  readonly endMs: number
  /** The gaps that are folded, and where. */
  readonly folds: readonly { readonly gap: IdleGap; readonly from: number; readonly to: number }[]
  readonly shareAt: (ms: number) => number
}

/** However long a gap is, it takes so much of the width. */
const foldShare = 0.07

/** Time runs evenly from the start to `endMs`, except that every gap is squeezed into a fold. */
export function timeScale(gaps: readonly IdleGap[], endMs: number): TimeScale {
  const idleMs = gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0)
  const share = Math.min(foldShare, 0.5 / Math.max(1, gaps.length))
  const perMs = (1 - share * gaps.length) / Math.max(1e-6, endMs - idleMs)

  function shareAt(ms: number): number {
    let from = 0
    let atMs = 0
    for (const gap of gaps) {
      if (ms <= gap.startMs) break
      from += (gap.startMs - atMs) * perMs
      if (ms < gap.endMs) return from + (share * (ms - gap.startMs)) / (gap.endMs - gap.startMs)
      from += share
      atMs = gap.endMs
    }
    return Math.min(1, Math.max(0, from + (ms - atMs) * perMs))
  }

  const folds = gaps.map((gap) => ({ gap, from: shareAt(gap.startMs), to: shareAt(gap.endMs) }))
  return { endMs, folds, shareAt }
}
