import type { PageRequest, TraceFilter, TracePage } from '../port/queries.ts'
import { descending, pageOf } from './cursor.ts'
import { rowOf, type TraceView } from './trace-view.ts'

const maxExactTotal = 10_000

export function listTraces(views: readonly TraceView[], filter: TraceFilter, page: PageRequest): TracePage {
  const items = newestFirst(views.filter((view) => matches(view, filter)))
  const { items: shown, nextCursor } = pageOf({ name: 'traces', items, keyOf, compare: descending }, page)
  return {
    items: shown.map(rowOf),
    nextCursor,
    total: Math.min(items.length, maxExactTotal),
    totalIsExact: items.length <= maxExactTotal,
  }
}

export function newestFirst(views: readonly TraceView[]): TraceView[] {
  return views.toSorted((one, other) => descending(keyOf(one), keyOf(other)))
}

function keyOf({ kept, summary }: TraceView): [number, string, string] {
  return [summary.startUs, kept.traceId, kept.projectId]
}

function matches({ summary }: TraceView, filter: TraceFilter): boolean {
  const latencyUs = summary.endUs === undefined ? undefined : summary.endUs - summary.startUs
  return (
    isEqual(summary.environment, filter.environment) &&
    isEqual(summary.status, filter.status) &&
    isEqual(summary.sessionId, filter.sessionId) &&
    isEqual(summary.userId, filter.userId) &&
    (filter.model === undefined || summary.models.includes(filter.model)) &&
    isWithin(latencyUs, filter.latencyMinUs, filter.latencyMaxUs) &&
    isWithin(summary.inputTokens + summary.outputTokens, filter.tokenMin, filter.tokenMax) &&
    summary.startUs >= (filter.fromUs ?? 0) &&
    summary.startUs < (filter.toUs ?? Number.POSITIVE_INFINITY)
  )
}

function isEqual(value: string | undefined, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted
}

function isWithin(value: number | undefined, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true
  return value !== undefined && value >= (min ?? 0) && value <= (max ?? Number.POSITIVE_INFINITY)
}
