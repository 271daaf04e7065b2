import {
  defaultBodyLimit,
  jsonValue,
  projectQuery,
  readSpanQuery,
  spanIdText,
  spanJson,
  traceIdText,
} from '@tracellm/core/wire'
import type { TraceStore } from '@tracellm/store'
import { z } from 'zod'
import { rangeResponse } from '../present/range-response.ts'
import { presentSpan } from '../present/span-json.ts'
import { defineRoute, type Route } from './route.ts'

/** One span whole, and one body whole. */
export function spanRoutes({ store }: { readonly store: TraceStore }): Route[] {
  const readSpan = defineRoute({
    method: 'GET',
    path: '/traces/{trace_id}/spans/{span_id}',
    scope: 'read',
    group: 'Traces',
    summary: 'One span whole: messages, tools, usage, cost, attributes, events, scores',
    params: z.object({ trace_id: traceIdText, span_id: spanIdText }),
    query: readSpanQuery,
    answer: spanJson,
    handle: async ({ scope, params, query }) =>
      presentSpan(await store.readSpan(scope, params.trace_id, params.span_id), query.body_limit ?? defaultBodyLimit),
  })

  const readBody = defineRoute({
    method: 'GET',
    path: '/traces/{trace_id}/bodies/{body}',
    scope: 'read',
    group: 'Traces',
    summary: 'One body whole, as canonical JSON; takes Range',
    params: z.object({ trace_id: traceIdText, body: z.string().meta({ description: 'The `body` of a message, …' }) }),
    query: projectQuery,
    answer: jsonValue,
    otherAnswers: { 206: 'The bytes that `Range` asks for', 416: 'Nothing is in the range asked for' },
    handle: async ({ scope, params, context }) =>
      rangeResponse(await store.readBody(scope, params.trace_id, params.body), context.req.raw),
  })

  return [readSpan, readBody]
}
