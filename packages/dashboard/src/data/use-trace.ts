import type { TraceDetailJson, TraceJson, TracePageJson } from '@tracellm/core/wire'
import { useInfiniteQuery, type InfiniteData, type QueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useData } from './data.tsx'
import { queryKeys } from './query-keys.ts'

/** The first page is small, so that a long trace is there at once; the others come as large as they may be. */
const firstPageSize = 2000
const pageSize = 20_000
/** How long a trace that has changed is left alone before what events do not carry is read. */
const restMs = 300

/** One trace with its steps, which go on coming page by page until all are there; then the socket adds to them. */
export function useTrace(traceId: string, projectId: string | undefined) {
  const { client, queries, live } = useData()
  const queryKey = queryKeys.trace(traceId, projectId)
  /** `updated_at` of the head as the server has answered it, not told. */
  const answered = useRef<string>(undefined)
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    async queryFn({ pageParam: cursor, signal }) {
      const limit = cursor === undefined ? firstPageSize : pageSize
      const page = await client.readTrace(traceId, { project_id: projectId, limit, cursor }, { signal })
      answered.current = page.updated_at
      return page
    },
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // Steps are told only while a trace is open.
    staleTime: 0,
  })

  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])

  useEffect(() => {
    live.subscribe({ spans: true })
    return () => live.subscribe({})
  }, [live])

  const head = query.data?.pages[0]
  const restedAt = head === undefined || head.status === 'running' ? undefined : head.updated_at
  useEffect(() => {
    if (restedAt === undefined || restedAt === answered.current) return
    const readHead = async () => {
      const {
        steps: _,
        next_cursor: __,
        ...newer
      } = await client.readTrace(traceId, { project_id: projectId, limit: 1 })
      answered.current = newer.updated_at
      queries.setQueryData<InfiniteData<TraceDetailJson>>(queryKeys.trace(traceId, projectId), (data) => {
        const [first, ...others] = data?.pages ?? []
        return data && first && { ...data, pages: [{ ...first, ...newer }, ...others] }
      })
    }
    // Where it cannot be read, what is shown stays.
    const timer = setTimeout(() => void readHead().catch(() => undefined), restMs)
    return () => clearTimeout(timer)
  }, [client, queries, traceId, projectId, restedAt])

  return query
}

/** What the lists know of a trace, to show until it is read. */
export function listedTrace(queries: QueryClient, traceId: string): TraceJson | undefined {
  for (const [, data] of queries.getQueriesData<InfiniteData<TracePageJson>>({ queryKey: queryKeys.allTraces })) {
    const found = data?.pages.flatMap((page) => page.items).find((trace) => trace.trace_id === traceId)
    if (found !== undefined) return found
  }
  return undefined
}
