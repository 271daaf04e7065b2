import { useInfiniteQuery } from '@tanstack/react-query'
import { useData } from './data.tsx'
import { queryKeys } from './query-keys.ts'
import type { TraceFilter } from './trace-filter.ts'
import { refreshTracePage, updateTracePages } from './trace-list.ts'

const pageSize = 100

/** The traces that match, page by page, kept up to date by the socket. */
export function useTraces(filter: TraceFilter) {
  const { client, recent } = useData()
  return useInfiniteQuery({
    queryKey: queryKeys.traces(filter),
    initialPageParam: undefined as string | undefined,
    async queryFn({ pageParam: cursor, signal }) {
      const startMs = performance.now()
      const page = await client.listTraces({ ...filter, limit: pageSize, cursor }, { signal })
      const told = recent.since(startMs)
      return cursor === undefined ? updateTracePages([page], filter, told)[0]! : refreshTracePage(page, told)
    },
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
}
