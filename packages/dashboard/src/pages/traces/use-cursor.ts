import type { TraceJson } from '@tracellm/core/wire'
import { useEffect, useRef, useState } from 'react'
import { traceKey } from '../../data/trace-list.ts'
import { useKeys } from '../../parts/use-keys.ts'
import { rowLinkId } from './trace-row.tsx'

/**
 * The row that has the keyboard: moved by keys, taken by whatever gets the focus. At first that is `start`, the key of a
 * trace, if there is one.
 */
export function useCursor(
  rows: readonly TraceJson[],
  start: string | undefined,
  scrollTo: (index: number) => void,
): { readonly cursor: string | undefined; readonly setCursor: (key: string) => void } {
  const [cursor, setCursor] = useState(start)
  const wantsFocus = useRef(start !== undefined)
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
