import { TraceLLMError } from '@tracellm/core'
import { liveFrameJson, liveQuery } from '@tracellm/core/wire'
import { defineRoute, type Route } from './route.ts'

/** `/ws` as a plain request: for the documentation, and for those who ask it without a WebSocket. */
export function liveRoutes(): Route[] {
  const explainSocket = defineRoute({
    method: 'GET',
    path: '/ws',
    scope: 'read',
    group: 'Live',
    summary: 'Live events, as a WebSocket: every message is a list of them',
    query: liveQuery,
    answer: liveFrameJson,
    status: 101,
    handle() {
      throw new TraceLLMError('TL_BAD_REQUEST', '/ws is a WebSocket: the request has no `Upgrade: websocket`')
    },
  })
  return [explainSocket]
}
