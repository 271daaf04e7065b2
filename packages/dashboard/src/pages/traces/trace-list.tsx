import type { TraceJson } from '@tracellm/core/wire'
import { formatCount } from '@tracellm/core/format'
import { useEffect, useRef, useState } from 'react'
import { traceKey } from '../../data/trace-list.ts'
import { useNow } from '../../data/use-now.ts'
import { useVirtualRows } from '../../parts/use-virtual-rows.ts'
import { ColumnHeads } from './column-heads.tsx'
import { leaveList, useLeftPlace } from './left-place.ts'
import { TraceRow } from './trace-row.tsx'
import { useCursor } from './use-cursor.ts'
import { useHeldRows } from './use-held-rows.ts'
import './trace-list.css'

export interface TraceListProps {
  /** The parameters of the address. */
  readonly filter: string
  readonly traces: readonly TraceJson[]
  readonly total: number
  readonly hasMore: boolean
  readonly loadMore: () => void
}

/** Rows before the end at which the next page is asked for. */
const loadAhead = 30

/**
 * The rows that are on view. They hold still while the pointer or the keyboard is among them, or the list is scrolled;
 * what comes meanwhile waits behind a button.
 */
export function TraceList({ filter, traces, total, hasMore, loadMore }: TraceListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [hasPointer, setPointer] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const left = useLeftPlace(filter)
  const [isScrolled, setScrolled] = useState(left !== undefined && left.offsetPx > 0)
  const { rows, newCount, showNew } = useHeldRows(traces, hasPointer || hasFocus || isScrolled)
  const { virtualizer, rowHeight } = useVirtualRows({
    count: rows.length,
    scroller,
    height: '--row-list',
    keyOf: (index) => traceKey(rows[index]!),
    overscan: 12,
    initialOffset: left?.offsetPx ?? 0,
  })

  const items = virtualizer.getVirtualItems()
  const nowUs = useNow(items.some(({ index }) => rows[index]!.status === 'running') ? 1000 : 10_000)
  const isNearEnd = hasMore && (items.at(-1)?.index ?? 0) >= rows.length - loadAhead
  useEffect(() => {
    if (isNearEnd) loadMore()
  })

  const { cursor, setCursor } = useCursor(rows, left?.cursor, (index) => virtualizer.scrollToIndex(index))

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
                onOpen={() => leaveList({ filter, offsetPx: scroller.current?.scrollTop ?? 0, cursor: String(key) })}
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
