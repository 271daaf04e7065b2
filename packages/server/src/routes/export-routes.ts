import type { TraceId } from '@tracellm/core'
import { exportQuery, traceExportJson, traceIdText } from '@tracellm/core/wire'
import type { Scope, SpanRead, TraceStore } from '@tracellm/store'
import { z } from 'zod'
import { exportJson } from '../present/export/export-json.ts'
import { exportMarkdown } from '../present/export/export-markdown.ts'
import { exportOtlp } from '../present/export/export-otlp.ts'
import { streamResponse } from '../present/stream-response.ts'
import { defineRoute, type Route } from './route.ts'

/** Each form as it is written, page by page, and what a file of it is called. */
const forms = {
  json: { write: exportJson, type: 'application/json', ending: 'json' },
  otlp: { write: exportOtlp, type: 'application/json', ending: 'otlp.json' },
  markdown: { write: exportMarkdown, type: 'text/markdown; charset=utf-8', ending: 'md' },
}

/** Whole traces to take away. Nothing is cut, and however large the trace, only a page of it is held at a time. */
export function exportRoutes({ store }: { readonly store: TraceStore }): Route[] {
  const exportTrace = defineRoute({
    method: 'GET',
    path: '/traces/{trace_id}/export',
    scope: 'read',
    group: 'Traces',
    summary: 'The whole trace: JSON, OTLP (new names), or Markdown to read',
    params: z.object({ trace_id: traceIdText }),
    query: exportQuery,
    answer: traceExportJson,
    contentTypes: ['application/json', 'text/markdown'],
    async handle({ scope, params: { trace_id: traceId }, query, context }) {
      const { write, type, ending } = forms[query.format ?? 'json']
      const { trace } = await store.readTrace(scope, traceId, { limit: 1 })
      const response = streamResponse(write(trace, allSpans(store, scope, traceId)), context.req.raw)
      response.headers.set('Content-Type', type)
      response.headers.set('Content-Disposition', `attachment; filename="trace-${traceId}.${ending}"`)
      return response
    },
  })
  return [exportTrace]
}

async function* allSpans(store: TraceStore, scope: Scope, traceId: TraceId): AsyncGenerator<readonly SpanRead[]> {
  let cursor: string | undefined
  do {
    const page = await store.readSpans(scope, traceId, { limit: 500, cursor })
    yield page.items
    cursor = page.nextCursor
  } while (cursor !== undefined)
}
