import type { TraceJson, TracePageJson } from '@tracellm/core/wire'
import { matchesFilter, type TraceFilter } from './trace-filter.ts'

/**
 * The pages of a list after the socket has told of traces: changed ones stand in their old place, new ones in that of
 * their time, and what no longer matches is gone. The same pages when nothing of it concerns them.
 * A trace older than everything loaded is left for the page it is on.
 */
export function updateTracePages(
  pages: readonly TracePageJson[],
  filter: TraceFilter,
  traces: readonly TraceJson[],
): readonly TracePageJson[] {
  return traces.reduce((updated, trace) => updateOne(updated, filter, trace), pages)
}

/** The same for one page on its own, where traces may change but none come or go. */
export function refreshTracePage(page: TracePageJson, traces: readonly TraceJson[]): TracePageJson {
  const newer = new Map(traces.map((trace) => [traceKey(trace), trace]))
  return { ...page, items: page.items.map((item) => newest(item, newer.get(traceKey(item)))) }
}

/** Of a trace in lists: the same id may be in two projects. */
export function traceKey({ project_id, trace_id }: Pick<TraceJson, 'project_id' | 'trace_id'>): string {
  return `${project_id}/${trace_id}`
}

/** The order of lists: by start, the newest first, then by id. */
export function newestFirst(one: TraceJson, other: TraceJson): number {
  return (
    compareTexts(other.started_at, one.started_at) ||
    compareTexts(other.trace_id, one.trace_id) ||
    compareTexts(other.project_id, one.project_id)
  )
}

function updateOne(pages: readonly TracePageJson[], filter: TraceFilter, trace: TraceJson): readonly TracePageJson[] {
  const key = traceKey(trace)
  const held = pages.findIndex((page) => page.items.some((item) => traceKey(item) === key))
  if (held === -1) return matchesFilter(trace, filter) ? insert(pages, trace, 1) : pages
  const old = pages[held]!.items.find((item) => traceKey(item) === key)!
  if (newest(old, trace) === old) return pages
  const isWanted = matchesFilter(trace, filter)
  if (isWanted && old.started_at === trace.started_at)
    return withItems(pages, held, (items) => items.with(items.indexOf(old), trace))
  const without = withItems(pages, held, (items) => items.filter((item) => item !== old))
  return isWanted ? insert(without, trace, 0) : withTotal(without, -1)
}

/** At its place among what is loaded; only counted when that lies further down. */
function insert(pages: readonly TracePageJson[], trace: TraceJson, counts: number): readonly TracePageJson[] {
  const counted = withTotal(pages, counts)
  const isAfter = (item: TraceJson) => newestFirst(trace, item) < 0
  const place = counted.findIndex((page) => page.items.some(isAfter))
  if (place !== -1) {
    return withItems(counted, place, (items) => items.toSpliced(items.findIndex(isAfter), 0, trace))
  }
  const last = counted.length - 1
  const isComplete = counted[last]?.next_cursor === null
  return isComplete ? withItems(counted, last, (items) => [...items, trace]) : counted
}

function withItems(
  pages: readonly TracePageJson[],
  place: number,
  change: (items: TraceJson[]) => TraceJson[],
): readonly TracePageJson[] {
  const page = pages[place]!
  return pages.with(place, { ...page, items: change(page.items) })
}

function withTotal(pages: readonly TracePageJson[], more: number): readonly TracePageJson[] {
  return more === 0 ? pages : pages.map((page) => ({ ...page, total: Math.max(0, page.total + more) }))
}

/** What was written later; of two of the same time, the one that came by the socket. */
function newest(held: TraceJson, told: TraceJson | undefined): TraceJson {
  return told === undefined || told.updated_at < held.updated_at ? held : told
}

/** Times of the wire are of equal length, so that they sort as text. */
function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
