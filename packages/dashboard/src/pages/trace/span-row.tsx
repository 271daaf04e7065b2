import { formatCount, formatMilliseconds, formatMoney } from '@tracellm/core/format'
import { memo, type MouseEvent } from 'react'
import { elapsedText } from '../../layout/elapsed-text.ts'
import { stepTitle } from '../../layout/step-title.ts'
import type { TreeRow } from '../../layout/step-tree.ts'
import { StatusShape } from '../../parts/status-shape.tsx'
import { TypeGlyph } from '../../parts/type-glyph.tsx'
import { Guides } from './guides.tsx'
import type { Selection } from './use-selection.ts'
import './span-row.css'

/** By which the tree tells a screen reader which row is selected. */
export function stepElementId(spanId: string): string {
  return `step-${spanId}`
}

export interface SpanRowProps {
  readonly row: TreeRow
  readonly top: number
  readonly isSelected: boolean
  /** Steps are still coming, so that sums are of a part only. */
  readonly isGrowing: boolean
  /** Nothing where no step runs any more. */
  readonly elapsedMs: number | undefined
  readonly selection: Selection
}

/** One step: what was done, how often it was tried, what it cost with all below it, how long it took. */
export const SpanRow = memo(function SpanRow({ row, top, isSelected, isGrowing, elapsedMs, selection }: SpanRowProps) {
  const { step, level, position, siblings, children, isFolded } = row
  const { name, about } = stepTitle(step)
  const isFailed = step.status === 'error'
  const isRunning = step.duration === null && elapsedMs !== undefined

  function fold(event: MouseEvent) {
    event.stopPropagation()
    selection.toggleFold(step.step_id)
  }

  return (
    // Keys are those of the tree, which has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={stepElementId(step.step_id)}
      className={`span-row${isSelected ? ' selected' : ''}${isFailed ? ' failed' : ''}`}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isSelected}
      aria-expanded={children === 0 ? undefined : !isFolded}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => selection.select(step.step_id)}
    >
      <Guides level={level} />
      {children > 0 && (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
        <span className={isFolded ? 'fold closed' : 'fold'} onClick={fold} title={isFolded ? 'Unfold  l' : 'Fold  h'} />
      )}
      <TypeGlyph type={step.type} />
      <span className="name cut">{name}</span>
      {step.attempt > 1 && (
        <span className="retry" title={`Attempt ${step.attempt}`}>
          ↻{step.attempt}
        </span>
      )}
      <span className="about cut">{isFolded ? `${formatCount(children)} below` : about}</span>
      {isFailed && <StatusShape status="failed" />}
      <span className="cost">{costText(row, isGrowing)}</span>
      <span className={isRunning ? 'time here' : 'time'}>{timeText(row, elapsedMs)}</span>
    </div>
  )
}, isSameRow)

function isSameRow(one: SpanRowProps, other: SpanRowProps): boolean {
  return (
    one.row === other.row &&
    one.top === other.top &&
    one.isSelected === other.isSelected &&
    one.isGrowing === other.isGrowing &&
    one.selection === other.selection &&
    (one.elapsedMs === other.elapsedMs || one.row.step.duration !== null)
  )
}

function costText({ cost, step, children }: TreeRow, isGrowing: boolean): string {
  if (cost === undefined || (cost.nanoUsd === 0 && !cost.isPartial)) return ''
  // Of what still runs nothing is missing yet.
  if (cost.nanoUsd === undefined && isGrowing && step.duration === null) return ''
  return formatMoney(cost.nanoUsd, { isPartial: cost.isPartial || (isGrowing && children > 0) })
}

function timeText({ step: { duration, offset, type } }: TreeRow, elapsedMs: number | undefined): string {
  if (type === 'event') return ''
  if (duration !== null) return formatMilliseconds(duration)
  return elapsedMs === undefined ? 'no end' : elapsedText(elapsedMs - offset)
}
