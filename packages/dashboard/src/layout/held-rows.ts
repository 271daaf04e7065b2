import type { TraceJson } from '@tracellm/core/wire'
import { newestFirst, traceKey } from '../data/trace-list.ts'

export interface HeldRows {
  readonly rows: readonly TraceJson[]
  /** How many traces wait to be shown. */
  readonly newCount: number
}

/**
 * What a list shows that holds still: the rows it has shown, each in its place and as it is by now, then what was loaded
 * below them. A row that no longer matches stays as it was last.
 */
export function heldRows(shown: readonly TraceJson[], current: readonly TraceJson[]): HeldRows {
  const last = shown.at(-1)
  if (last === undefined) return { rows: current, newCount: 0 }
  const currentByKey = new Map(current.map((trace) => [traceKey(trace), trace]))
  const rows = shown.map((trace) => {
    const now = currentByKey.get(traceKey(trace))
    currentByKey.delete(traceKey(trace))
    return now ?? trace
  })
  const others = [...currentByKey.values()]
  const below = others.filter((trace) => newestFirst(last, trace) < 0)
  return { rows: [...rows, ...below], newCount: others.length - below.length }
}
