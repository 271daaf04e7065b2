import { parseIsoTime } from '@tracellm/core'
import type { ListTracesQuery } from '@tracellm/core/wire'
import type { PageRequest, TraceFilter } from '@tracellm/store'
import { shortId } from '../short-text.ts'
import { wrongFields } from './wrong-field.ts'

/** The plain filters of a query as the store takes them. @throws TraceLLMError `TL_NOT_YET` for `q`. */
export function traceFilterOf(query: Omit<ListTracesQuery, 'limit' | 'cursor'>): TraceFilter {
  if (query.q !== undefined) {
    const fix = 'Use the plain parameters: status, model, session_id, user_id, latency_min …'
    throw wrongFields('TL_NOT_YET', 'query', [{ path: 'q', detail: 'not supported yet' }], fix)
  }
  return {
    environment: wanted(query.environment),
    status: query.status,
    model: wanted(query.model),
    sessionId: wanted(query.session_id),
    userId: wanted(query.user_id),
    latencyMinUs: microsecondsOf(query.latency_min),
    latencyMaxUs: microsecondsOf(query.latency_max),
    tokenMin: query.token_min,
    tokenMax: query.token_max,
    ...timeRangeOf(query),
  }
}

/** A text that is looked for, as it is stored where it was too long for that. */
export function wanted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : shortId(text)
}

/**
 * A range of time as the store takes it.
 * @throws TraceLLMError `TL_BAD_PARAMETER` where it ends before it starts.
 */
export function timeRangeOf(query: { from?: string | undefined; to?: string | undefined }) {
  const fromUs = query.from === undefined ? undefined : parseIsoTime(query.from)
  const toUs = query.to === undefined ? undefined : parseIsoTime(query.to)
  if (fromUs !== undefined && toUs !== undefined && fromUs >= toUs) {
    throw wrongFields('TL_BAD_PARAMETER', 'query', [{ path: 'to', detail: 'not after `from`' }])
  }
  return { fromUs, toUs }
}

export function pageOf(query: { limit?: number | undefined; cursor?: string | undefined }, limit = 50): PageRequest {
  return { limit: query.limit ?? limit, cursor: query.cursor }
}

function microsecondsOf(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds * 1000)
}
