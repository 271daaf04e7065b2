import { traceStatuses, type TraceStatus } from '@tracellm/core'
import type { TraceJson } from '@tracellm/core/wire'

/** The plain filters of a list, named like the parameters of `GET /traces`, which are those of the page's address too. */
export interface TraceFilter {
  readonly status?: TraceStatus
  readonly model?: string
  readonly session_id?: string
  readonly user_id?: string
  readonly environment?: string
  readonly project_id?: string
}

export const filterParameters = ['status', 'model', 'session_id', 'user_id', 'environment', 'project_id'] as const
export type FilterParameter = (typeof filterParameters)[number]

/** What an address asks for. A status that there is not is left out, as is what names nothing. */
export function readTraceFilter(search: URLSearchParams): TraceFilter {
  const named = filterParameters.flatMap((name) => {
    const value = search.get(name)
    return value === null || value === '' || (name === 'status' && !isTraceStatus(value)) ? [] : [[name, value]]
  })
  return Object.fromEntries(named)
}

export function isTraceStatus(text: string): text is TraceStatus {
  return traceStatuses.some((status) => status === text)
}

/** Whether the server would list the trace: the socket tells of all of them. */
export function matchesFilter(trace: TraceJson, filter: TraceFilter): boolean {
  return filterParameters.every((name) => {
    const wanted = filter[name]
    if (wanted === undefined) return true
    return name === 'model' ? trace.models.includes(wanted) : trace[name] === wanted
  })
}
