import type { TraceJson } from '@tracellm/core/wire'
import { formatCount } from '@tracellm/core/format'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { traceKey } from '../../data/trace-list.ts'
import { useNow } from '../../data/use-now.ts'
import { useKeys } from '../../parts/use-keys.ts'
import { useRowHeight } from '../../parts/use-row-height.ts'
import { rowLinkId, TraceRow } from './trace-row.tsx'
import { useHeldRows } from './use-held-rows.ts'
import './trace-list.css'

export interface TraceListProps {
  readonly traces: readonly TraceJson[]
  readonly total: number
  readonly hasMore: boolean
  readonly loadMore: () => void
}

/** Where the list was when it was left for a trace, so that coming back finds it as it was. */
let left: { readonly offset: number; readonly cursor: string | undefined } = { offset: 0, cursor: undefined }

/** Rows before the end at which the next page is asked for. */
const loadAhead = 30

/**
 * The rows that are on view. They hold still while the pointer or the keyboard is among them, or the list is scrolled;
 * what comes meanwhile waits behind a button.
 */
export function TraceList({ traces, total, hasMore, loadMore }: TraceListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [hasPointer, setPointer] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const [isScrolled, setScrolled] = useState(left.offset > 0)
  const { rows, newCount, showNew } = useHeldRows(traces, hasPointer || hasFocus || isScrolled)
  const rowHeight = useRowHeight('--row-list')
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => traceKey(rows[index]!),
    overscan: 12,
    initialOffset: left.offset,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  const items = virtualizer.getVirtualItems()
  const nowUs = useNow(items.some(({ index }) => rows[index]!.status === 'running') ? 1000 : 10_000)
  const isNearEnd = hasMore && (items.at(-1)?.index ?? 0) >= rows.length - loadAhead
  useEffect(() => {
    if (isNearEnd) loadMore()
  })

  const { cursor, setCursor } = useCursor(rows, (index) => virtualizer.scrollToIndex(index))
  useEffect(() => () => void (left = { ...left, offset: scroller.current?.scrollTop ?? 0 }), [])

  return (
    <div
      className="trace-list"
      onPointerEnter={({ pointerType }) => setPointer(pointerType !== 'touch')}
      onPointerLeave={() => setPointer(false)}
    >
      {newCount > 0 && (
        <button
          type="button"
          className="new-rows"
          onClick={() => {
            showNew()
            scroller.current?.scrollTo({ top: 0 })
          }}
        >
          {formatCount(newCount)} new
        </button>
      )}
      <div className="table" role="table" aria-label="Traces, newest first" aria-rowcount={total + 1}>
        <ColumnHeads />
        <div
          ref={scroller}
          className="scroller"
          onFocus={() => setFocus(true)}
          onBlur={({ currentTarget, relatedTarget }) => setFocus(currentTarget.contains(relatedTarget))}
          onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollTop > rowHeight / 2)}
        >
          <div className="rows" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
            {items.map(({ key, index, start }) => (
              <TraceRow
                key={key}
                trace={rows[index]!}
                rowIndex={index + 2}
                top={start}
                nowUs={nowUs}
                isFocused={key === cursor}
                onFocus={() => setCursor(String(key))}
                onOpen={() => void (left = { ...left, cursor: String(key) })}
              />
            ))}
          </div>
          {hasMore && (
            <p className="foot">
              {formatCount(rows.length)} of {formatCount(total)} · more as you scroll
            </p>
          )}
        </div>
      </div>
    </div>
  )
}

/** The row that has the keyboard: moved by keys, taken by whatever gets the focus. */
function useCursor(rows: readonly TraceJson[], scrollTo: (index: number) => void) {
  const [cursor, setCursor] = useState(left.cursor)
  const wantsFocus = useRef(left.cursor !== undefined)
  useEffect(() => {
    // A row far away is there only after the list has been scrolled to it, which makes it render again.
    const link = wantsFocus.current && cursor !== undefined ? document.getElementById(rowLinkId(cursor)) : null
    if (link === null) return
    wantsFocus.current = false
    link.focus({ preventScroll: true })
  })

  function move(by: number) {
    const at = rows.findIndex((trace) => traceKey(trace) === cursor)
    const next = Math.min(rows.length - 1, Math.max(0, at + by))
    wantsFocus.current = true
    setCursor(traceKey(rows[next]!))
    scrollTo(next)
  }

  function leave() {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setCursor(undefined)
  }

  const [down, up] = [() => move(1), () => move(-1)]
  useKeys({ j: down, k: up, ArrowDown: down, ArrowUp: up, Escape: leave })
  return { cursor, setCursor }
}

function ColumnHeads() {
  return (
    <div role="rowgroup" className="column-heads">
      <div className="trace-row heads" role="row" aria-rowindex={1}>
        <span role="columnheader" className="status">
          <span className="spoken">Status</span>
        </span>
        <span role="columnheader" className="what">
          Trace
        </span>
        <span role="columnheader" className="model">
          Model
        </span>
        <span role="columnheader" className="time">
          Time
        </span>
        <span role="columnheader" className="tokens">
          Tokens
        </span>
        <span role="columnheader" className="cost">
          Cost
        </span>
        <span role="columnheader" className="spans">
          Spans
        </span>
        <span role="columnheader" className="age" aria-sort="descending">
          Ago ↓
        </span>
      </div>
    </div>
  )
}
