import { formatCount } from '@tracellm/core/format'
import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual'
import { useEffect, useRef, type CSSProperties, type Ref } from 'react'
import { shownTheme } from '../../data/theme.ts'
import { useValue } from '../../data/value-store.ts'
import type { TreeRow } from '../../layout/step-tree.ts'
import type { TimeScale } from '../../layout/time-scale.ts'
import { useVirtualRows } from '../../parts/use-virtual-rows.ts'
import { SpanRow, stepElementId } from './span-row.tsx'
import { TimeAxis } from './time-axis.tsx'
import { useElementWidth } from './use-element-width.ts'
import { useScrollAnchor } from './use-scroll-anchor.ts'
import type { Selection } from './use-selection.ts'
import { WaterfallCanvas } from './waterfall-canvas.tsx'
import './span-tree.css'

export interface SpanTreeProps {
  readonly ref: Ref<HTMLDivElement>
  readonly rows: readonly TreeRow[]
  /** Of the whole tree, with what is folded. */
  readonly levels: number
  readonly scale: TimeScale
  /** Since the start of the trace, for steps that still run; none does where it has stopped without an end. */
  readonly elapsedMs: number | undefined
  readonly selection: Selection
  /** How far it is, while steps are still coming. */
  readonly loaded: { readonly steps: number; readonly of: number } | undefined
}

/** The tree of the steps on view, and beside each its bar in time. */
export function SpanTree({ ref, rows, levels, scale, elapsedMs, selection, loaded }: SpanTreeProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLDivElement>(null)
  const widthPx = useElementWidth(picture)
  const theme = useValue(shownTheme)
  const selectedAt = rows.findIndex(({ step }) => step.step_id === selection.spanId)
  const { virtualizer, rowHeight } = useVirtualRows({
    count: rows.length,
    scroller,
    height: '--row-tree',
    keyOf: (index) => rows[index]!.step.step_id,
    overscan: 20,
    // What is selected is told to screen readers by its id, so it is there even when it is not on view.
    rangeExtractor: (range) => withSelected(range, selectedAt),
  })
  useScrollAnchor(scroller, rows, rowHeight)

  const { spanId } = selection
  const isThere = selectedAt !== -1
  useEffect(() => {
    if (isThere) virtualizer.scrollToIndex(selectedAt)
    // Only for another selection: rows that come meanwhile must not move the view.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [virtualizer, spanId, isThere])

  const items = virtualizer.getVirtualItems()
  const onView = items.filter(({ index }) => index !== selectedAt || hasNeighbour(index, items))
  const first = onView[0]?.index ?? 0
  const last = onView.at(-1)?.index ?? -1

  return (
    <section className="span-tree" aria-label="Steps">
      <div className="head">
        <ColumnNames loaded={loaded} />
        <TimeAxis scale={scale} widthPx={widthPx} />
      </div>
      <div ref={scroller} className="rows">
        <div ref={picture} className="picture" style={{ height: virtualizer.getTotalSize() }}>
          <WaterfallCanvas
            // Its colours are read when it is drawn.
            key={theme}
            rows={rows}
            first={first}
            last={last}
            rowHeight={rowHeight}
            scale={scale}
            isRunning={elapsedMs !== undefined}
            widthPx={widthPx}
          />
        </div>
        <div
          ref={ref}
          className="all"
          role="tree"
          tabIndex={0}
          aria-label="Steps of this trace"
          aria-activedescendant={isThere ? stepElementId(spanId!) : undefined}
          style={{ height: virtualizer.getTotalSize(), '--levels-above': Math.max(1, levels - 1) } as CSSProperties}
        >
          {items.map(({ index, key, start }) => (
            <SpanRow
              key={key}
              row={rows[index]!}
              top={start}
              isSelected={index === selectedAt}
              isGrowing={loaded !== undefined}
              elapsedMs={elapsedMs}
              selection={selection}
            />
          ))}
        </div>
      </div>
    </section>
  )
}

function ColumnNames({ loaded }: Pick<SpanTreeProps, 'loaded'>) {
  return (
    <div className="names">
      <span>{loaded === undefined ? '' : `${formatCount(loaded.steps)} of ${formatCount(loaded.of)} spans`}</span>
      <span className="cost">cost</span>
      <span className="time">time</span>
      {loaded !== undefined && <progress value={loaded.steps} max={loaded.of} aria-label="Spans loaded" />}
    </div>
  )
}

function withSelected(range: Range, selectedAt: number): number[] {
  const indexes = defaultRangeExtractor(range)
  if (selectedAt === -1 || indexes.includes(selectedAt)) return indexes
  return [...indexes, selectedAt].toSorted((one, other) => one - other)
}

/** Whether the row is among those on view, rather than kept for its id alone. */
function hasNeighbour(index: number, items: readonly { readonly index: number }[]): boolean {
  return items.length === 1 || items.some((item) => Math.abs(item.index - index) === 1)
}
