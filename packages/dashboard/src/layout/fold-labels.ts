import { formatMilliseconds } from '@tracellm/core/format'
import type { IdleGap } from './idle-gaps.ts'
import type { TimeScale } from './time-scale.ts'

/** How long was waited in a fold, in words, and where they stand above it. */
export interface FoldLabel {
  readonly gap: IdleGap
  /** `4 m 12 s idle`, or without the last word where there is little room. */
  readonly text: string
  readonly x: number
  readonly width: number
}

/** Of the small letters of the axis, about, and what is around a label on both sides. */
const characterWidth = 5.4
const paddingPx = 16
const gapPx = 2

/**
 * A label for each fold, in its middle or as near as the edges let it. None reaches beyond the picture or lies over
 * another: where they do not fit beside each other, those of the longest waits are there.
 */
export function foldLabels({ folds }: TimeScale, widthPx: number): FoldLabel[] {
  const labels: FoldLabel[] = []
  const longestFirst = folds.toSorted((one, other) => lengthOf(other.gap) - lengthOf(one.gap))
  for (const { gap, from, to } of longestFirst) {
    const length = formatMilliseconds(lengthOf(gap))
    const fitting = [`${length} idle`, length]
      .map((text) => labelAt(gap, text, ((from + to) / 2) * widthPx, widthPx))
      .find((label) => label.width <= widthPx && labels.every((other) => isApart(label, other)))
    if (fitting !== undefined) labels.push(fitting)
  }
  return labels
}

function labelAt(gap: IdleGap, text: string, middlePx: number, widthPx: number): FoldLabel {
  const width = text.length * characterWidth + paddingPx
  return { gap, text, x: Math.max(0, Math.min(middlePx - width / 2, widthPx - width)), width }
}

function isApart(one: FoldLabel, other: FoldLabel): boolean {
  return one.x + one.width + gapPx <= other.x || other.x + other.width + gapPx <= one.x
}

function lengthOf({ startMs, endMs }: IdleGap): number {
  return endMs - startMs
}
