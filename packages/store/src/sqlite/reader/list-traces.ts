import type { PageRequest, TraceFilter, TracePage } from '../../port/queries.ts'
import { decodeTraceCursor, encodeTraceCursor, type TraceCursor } from './cursor.ts'
import { traceConditions, type TraceConditions } from './trace-conditions.ts'
import { decodeTraceRow, type TraceRecord } from './trace-rows.ts'
import { countStretch, planScan, readStretch } from './trace-scan.ts'
import type { View, ViewedProject } from './view.ts'

/** Totals are counted exactly up to here. */
const maxCounted = 10_000

/**
 * Newest first. Where the bound on rows looked at cut the search off, the page is short and its cursor goes on where the
 * search stopped: no trace is left out, and the total is said not to be exact.
 */
export function listTraces(shown: View, filter: TraceFilter, page: PageRequest): TracePage {
  const view = shown.within(filter.environment)
  const cursor = page.cursor === undefined ? undefined : decodeTraceCursor(page.cursor)
  const conditions = traceConditions(view, filter)
  if (conditions.isImpossible) return { items: [], total: 0, totalIsExact: true }

  const { found, stoppedAtUs } = findNewest(view, conditions, cursor, page.limit + 1)
  const rows = found.slice(0, page.limit)
  const isAll = found.length <= page.limit
  const total =
    isAll && cursor === undefined && stoppedAtUs === undefined
      ? { total: rows.length, totalIsExact: true }
      : countTraces(view, conditions)
  return {
    items: rows.map(({ row, project }) => decodeTraceRow(row, project, view.reader.dictionary)),
    ...total,
    ...next(),
  }

  function next(): { nextCursor?: string } {
    const last = rows.at(-1)
    if (!isAll && last !== undefined) return { nextCursor: encodeTraceCursor(cursorOf(last)) }
    if (stoppedAtUs === undefined) return {}
    return { nextCursor: encodeTraceCursor({ startUs: stoppedAtUs, traceId: '', projectId: '' }) }
  }
}

interface Found {
  readonly row: TraceRecord
  readonly project: ViewedProject
}

/**
 * The newest `count` traces of all projects behind the cursor. Each project is asked only for what is newer than what
 * the others gave already, so that most of many are a single look at an index.
 */
export function findNewest(
  view: View,
  conditions: TraceConditions,
  cursor: TraceCursor | undefined,
  count: number,
): { found: readonly Found[]; stoppedAtUs: number | undefined } {
  const highUs = Math.min(conditions.highUs, cursor === undefined ? Number.MAX_SAFE_INTEGER : newestBehind(cursor))
  let { lowUs } = conditions
  let found: readonly Found[] = []
  let stoppedAtUs: number | undefined
  for (const project of view.projects) {
    const scan = planScan(view, project, { ...conditions, lowUs }, highUs)
    const rows: TraceRecord[] = []
    for (const stretch of scan.stretches) {
      if (rows.length < count)
        rows.push(...readStretch(view, project, conditions, stretch, count - rows.length, cursor))
    }
    if (rows.length < count && scan.stoppedAtUs !== undefined)
      stoppedAtUs = Math.max(stoppedAtUs ?? 0, scan.stoppedAtUs)
    found = [...found, ...rows.map((row) => ({ row, project }))].toSorted(newestFirst).slice(0, count)
    if (found.length === count) lowUs = Math.max(lowUs, found.at(-1)!.row.start_us)
  }
  if (stoppedAtUs === undefined) return { found, stoppedAtUs }
  const lookedAt = found.filter(({ row }) => row.start_us >= stoppedAtUs)
  return { found: lookedAt, stoppedAtUs: lookedAt.length === count ? undefined : stoppedAtUs }
}

/** How many traces of all projects meet the conditions; inexact above 10,000, and where the bound cut a scan off. */
export function countTraces(view: View, conditions: TraceConditions): Pick<TracePage, 'total' | 'totalIsExact'> {
  let counted = 0
  let isCutOff = false
  for (const project of view.projects) {
    const scan = planScan(view, project, conditions, conditions.highUs)
    isCutOff ||= scan.stoppedAtUs !== undefined
    for (const stretch of scan.stretches) {
      if (counted <= maxCounted) {
        counted += countStretch(view, project, conditions, stretch, maxCounted + 1 - counted)
      }
    }
  }
  return { total: Math.min(counted, maxCounted), totalIsExact: counted <= maxCounted && !isCutOff }
}

/** Where a search stopped all traces of that start were looked at; behind a trace there may be more of its start. */
function newestBehind({ startUs, traceId }: TraceCursor): number {
  return traceId === '' ? startUs - 1 : startUs
}

function cursorOf({ row, project }: Found): TraceCursor {
  return { startUs: row.start_us, traceId: row.trace_id, projectId: project.projectId }
}

function newestFirst(one: Found, other: Found): number {
  if (one.row.start_us !== other.row.start_us) return other.row.start_us - one.row.start_us
  if (one.row.trace_id !== other.row.trace_id) return one.row.trace_id < other.row.trace_id ? 1 : -1
  return one.project.projectId < other.project.projectId ? 1 : -1
}
