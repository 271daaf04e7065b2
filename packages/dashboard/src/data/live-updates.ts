import type { LiveEventJson, LiveStepJson, TraceDetailJson, TraceJson, TracePageJson } from '@tracellm/core/wire'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { queryKeys } from './query-keys.ts'
import type { RecentTraces } from './recent-traces.ts'
import type { TraceFilter } from './trace-filter.ts'
import { updateTracePages } from './trace-list.ts'
import { updateHead, updateSteps } from './trace-steps.ts'

const maxRowsOfFirstPage = 1000
const keptRows = 100

/**
 * Brings one frame of the socket into the cache, so that every list and trace that was read stays as it is stored.
 * @param nowMs when it came, by `performance.now`
 */
export function takeLiveEvents(
  queries: QueryClient,
  recent: RecentTraces,
  events: readonly LiveEventJson[],
  nowMs: number,
): void {
  const traces: TraceJson[] = []
  const steps: LiveStepJson[] = []
  for (const event of events) {
    switch (event.type) {
      case 'trace.created':
      case 'trace.updated':
        traces.push(event.data)
        break
      case 'span.created':
      case 'span.updated':
        steps.push(event.data)
        break
      case 'system.gap':
      case 'system.connected':
      case 'score.created':
        break
    }
  }
  recent.add(traces, nowMs)
  updateLists(queries, traces)
  updateTraces(queries, traces, steps)
  for (const { trace_id, step_id } of steps) {
    void queries.invalidateQueries({ queryKey: [...queryKeys.allSpans, trace_id, step_id] })
  }
}

function updateLists(queries: QueryClient, traces: readonly TraceJson[]): void {
  if (traces.length === 0) return
  for (const [key] of queries.getQueriesData({ queryKey: queryKeys.allTraces })) {
    const filter = key[1] as TraceFilter
    updatePages<TracePageJson>(queries, key, (pages) => updateTracePages(pages, filter, traces))
    forgetOldRows(queries, key)
  }
}

/** A list that was let run for hours is begun again: only the server can go on from its middle. */
function forgetOldRows(queries: QueryClient, key: readonly unknown[]): void {
  const [first] = queries.getQueryData<InfiniteData<TracePageJson>>(key)?.pages ?? []
  if (first === undefined || first.items.length <= maxRowsOfFirstPage) return
  const items = first.items.slice(0, keptRows)
  queries.setQueryData<InfiniteData<TracePageJson>>(key, { pages: [{ ...first, items }], pageParams: [undefined] })
  void queries.invalidateQueries({ queryKey: key })
}

function updateTraces(queries: QueryClient, traces: readonly TraceJson[], steps: readonly LiveStepJson[]): void {
  for (const [key] of queries.getQueriesData({ queryKey: queryKeys.allTrace })) {
    const [, traceId, projectId] = key
    const isMeant = (told: { trace_id: string; project_id: string }) =>
      told.trace_id === traceId && (projectId === undefined || told.project_id === projectId)
    const head = traces.findLast(isMeant)
    const own = steps.filter(isMeant)
    if (head === undefined && own.length === 0) continue
    const [old] = queries.getQueryData<InfiniteData<TraceDetailJson>>(key)?.pages ?? []
    updatePages<TraceDetailJson>(queries, key, (pages) => {
      const withSteps = own.length === 0 ? pages : updateSteps(pages, own)
      return head === undefined ? withSteps : updateHead(withSteps, head)
    })
    // Steps are told by their distance from the start, which has moved.
    const hasMoved = head !== undefined && old !== undefined && head.started_at !== old.started_at
    if (hasMoved) void queries.invalidateQueries({ queryKey: key })
  }
}

function updatePages<Page>(
  queries: QueryClient,
  key: readonly unknown[],
  change: (pages: readonly Page[]) => readonly Page[],
): void {
  queries.setQueryData<InfiniteData<Page>>(key, (data) => data && { ...data, pages: [...change(data.pages)] })
}
