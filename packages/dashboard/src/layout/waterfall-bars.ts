import type { SpanType } from '@tracellm/core'
import { formatTokensInOut } from '@tracellm/core/format'
import type { StepJson } from '@tracellm/core/wire'
import type { TimeScale } from './time-scale.ts'

/**
 * How a bar is drawn: what takes time and money is filled, what only holds others is a bracket, what checks is an
 * outline, what has no length is a diamond.
 */
export type BarLook = 'llm' | 'tool' | 'retrieval' | 'bracket' | 'outline' | 'diamond'

export interface Bar {
  /** Which of the rows it belongs to. */
  readonly row: number
  readonly look: BarLook
  readonly isFailed: boolean
  /** It has no end: it fades out at the last moment that is known. */
  readonly isOpen: boolean
  /** That moment is now. */
  readonly isRunning: boolean
  readonly x: number
  readonly width: number
  /** Of its width: waiting for the first token. */
  readonly waitWidth: number
  readonly label: BarLabel | undefined
}

export interface BarLabel {
  readonly text: string
  readonly x: number
  /** Whether `x` is where it starts, or where it ends because there is no room on the right. */
  readonly side: 'right' | 'left'
}

const leastWidth = 2
const labelGap = 5
/** Of the small digits of labels, about. */
const characterWidth = 6.2

/**
 * The bars of some rows of the tree, in pixels from the left edge of the picture.
 * @param isRunning whether steps without an end still run; they do not where the trace has stopped
 */
export function waterfallBars(
  rows: readonly { readonly row: number; readonly step: StepJson }[],
  scale: TimeScale,
  widthPx: number,
  isRunning: boolean,
): Bar[] {
  return rows.map(({ row, step }) => barOf(row, step, scale, widthPx, isRunning))
}

function barOf(row: number, step: StepJson, scale: TimeScale, widthPx: number, isRunning: boolean): Bar {
  const endMs = step.duration === null ? scale.endMs : step.offset + step.duration
  const from = scale.shareAt(step.offset) * widthPx
  const length = scale.shareAt(endMs) * widthPx - from
  const width = Math.max(leastWidth, length)
  const x = Math.max(0, Math.min(from, widthPx - width))
  const look = barLooks[step.type]
  const waitMs = look === 'llm' ? Math.min(step.ttft ?? 0, step.duration ?? 0) : 0
  return {
    row,
    look,
    isFailed: step.status === 'error',
    isOpen: step.duration === null,
    isRunning: isRunning && step.duration === null,
    x,
    width,
    waitWidth: Math.min(width, scale.shareAt(step.offset + waitMs) * widthPx - from),
    label: labelOf(labelText(step), x, width, widthPx),
  }
}

function labelText(step: StepJson): string | undefined {
  if (step.status === 'error') return 'failed'
  if (step.type !== 'llm' || (step.input_tokens === null && step.output_tokens === null)) return undefined
  return formatTokensInOut(step.input_tokens ?? 0, step.output_tokens ?? 0)
}

/** Right of the bar, else left of it, else nowhere. */
function labelOf(text: string | undefined, x: number, width: number, widthPx: number): BarLabel | undefined {
  if (text === undefined) return undefined
  const needed = text.length * characterWidth + labelGap
  if (x + width + needed <= widthPx) return { text, x: x + width + labelGap, side: 'right' }
  return x >= needed ? { text, x: x - labelGap, side: 'left' } : undefined
}

const barLooks: Readonly<Record<SpanType, BarLook>> = {
  llm: 'llm',
  tool: 'tool',
  embedding: 'retrieval',
  retriever: 'retrieval',
  reranker: 'retrieval',
  agent: 'bracket',
  chain: 'bracket',
  span: 'bracket',
  guardrail: 'outline',
  evaluator: 'outline',
  prompt: 'outline',
  event: 'diamond',
}
