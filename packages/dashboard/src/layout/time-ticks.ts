import { formatMilliseconds } from '@tracellm/core/format'
import { foldLabels, type FoldLabel } from './fold-labels.ts'
import type { TimeScale } from './time-scale.ts'

export interface Tick {
  readonly ms: number
  /** Its share of the width. */
  readonly at: number
  readonly text: string
}

/** The marks of an axis: at round times, as many as fit, none behind a fold or so near another that they touch. */
export function timeTicks(scale: TimeScale, widthPx: number, leastPx = 64): Tick[] {
  const shownMs = scale.endMs - scale.folds.reduce((sum, { gap }) => sum + gap.endMs - gap.startMs, 0)
  const stepMs = roundStep((shownMs * leastPx) / Math.max(1, widthPx))
  const labels = foldLabels(scale, widthPx)
  const ticks: Tick[] = []
  for (let ms = 0; ms < scale.endMs; ms = nextTime(ms, stepMs, scale)) {
    const at = scale.shareAt(ms)
    const text = ms === 0 ? '0' : tickText(ms, stepMs)
    const [x, end] = [at * widthPx, at * widthPx + textWidth(text)]
    const before = ticks.at(-1)
    const isClear = before === undefined || x - before.at * widthPx >= leastPx * 0.8
    if (isClear && end <= widthPx && !isInFold(scale, at) && !isBehind(labels, x, end)) ticks.push({ ms, at, text })
  }
  return ticks
}

/** Through a fold in one stride: there may be days in it. */
function nextTime(ms: number, stepMs: number, { folds }: TimeScale): number {
  const next = ms + stepMs
  const fold = folds.find(({ gap }) => next > gap.startMs && next < gap.endMs)
  return fold === undefined ? next : Math.ceil(fold.gap.endMs / stepMs) * stepMs
}

/** How far the words at a mark reach, about: what is left of them, and their small letters. */
function textWidth(text: string): number {
  return 4 + text.length * 6.2
}

function isInFold({ folds }: TimeScale, at: number): boolean {
  return folds.some(({ from, to }) => at > from && at < to)
}

function isBehind(labels: readonly FoldLabel[], x: number, end: number): boolean {
  return labels.some((label) => x < label.x + label.width && end > label.x)
}

const steps = [
  ...[0.001, 0.01, 0.1, 1, 10, 100].flatMap((unit) => [unit, 2 * unit, 5 * unit]),
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 6, 12, 24, 48, 168, 720, 8760].map((hours) => hours * 3_600_000),
]

function roundStep(leastMs: number): number {
  return steps.find((step) => step >= leastMs) ?? leastMs
}

/** `5 ms` `20 s` `1:00` `2 h 00 m` */
function tickText(ms: number, stepMs: number): string {
  if (ms < 1000 || (stepMs < 1000 && ms < 60_000)) return stepMs < 1 ? `${trimmed(ms, 3)} ms` : secondsOrLess(ms)
  if (ms < 60_000) return `${trimmed(ms / 1000, 1)} s`
  if (ms >= 3_600_000) return formatMilliseconds(ms)
  return `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')}`
}

function secondsOrLess(ms: number): string {
  return ms < 1000 ? `${trimmed(ms, 0)} ms` : `${trimmed(ms / 1000, 2)} s`
}

/** At most so many decimals, and no zeros at their end. */
function trimmed(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)))
}
