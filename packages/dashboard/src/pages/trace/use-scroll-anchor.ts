import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { TreeRow } from '../../layout/step-tree.ts'

/** Keeps the row at the upper edge where it is while rows come or go above it: what one reads does not move. */
export function useScrollAnchor(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly TreeRow[],
  rowHeight: number,
): void {
  const shown = useRef(rows)
  useLayoutEffect(() => {
    const before = shown.current
    shown.current = rows
    const element = scroller.current
    if (element === null || before === rows || element.scrollTop === 0) return
    const top = Math.floor(element.scrollTop / rowHeight)
    const anchor = before[top]?.step.step_id
    const now = rows.findIndex(({ step }) => step.step_id === anchor)
    if (now !== -1 && now !== top) element.scrollBy(0, (now - top) * rowHeight)
  }, [scroller, rows, rowHeight])
}
