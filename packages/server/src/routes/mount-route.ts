import type { ProjectId } from '@tracellm/core'
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { chooseScope } from '../access/choose-scope.ts'
import { identify, identifyVisitor } from '../access/identify.ts'
import { requireScope } from '../access/require-scope.ts'
import type { AppParts } from '../app-parts.ts'
import { jsonResponse } from '../present/json-response.ts'
import { checkInput } from './check-input.ts'
import { readJsonBody } from './read-json-body.ts'
import { readQuery } from './read-query.ts'
import type { Route, RouteRequest } from './route.ts'

type FrontParts = Pick<AppParts, 'store' | 'settings' | 'clock'>

/** Makes a route answer: who asks, may they, what do they ask; then the handler; then JSON. */
export function mountRoute(app: Hono, route: Route, parts: FrontParts): void {
  app.on(route.method, routerPath(route.path), async (context) => {
    const answer = await route.handle(await checkRequest(route, context, parts))
    return answer instanceof Response ? answer : jsonResponse(answer, context.req.raw, route.status)
  })
}

async function checkRequest(route: Route, context: Context, parts: FrontParts) {
  const { raw } = context.req
  const identity = await (route.scope === undefined ? identifyVisitor : identify)(raw.headers, parts)
  requireScope(identity, route.scope)
  const params = checkInput(route.params ?? noParams, context.req.param(), 'TL_BAD_PARAMETER', 'path')
  const query = route.rawBody === undefined ? readQuery(route.query, raw.url) : {}
  const body = route.body === undefined ? undefined : await readJsonBody(route.body, raw)
  const scope = await chooseScope(identity, query['project_id'] as ProjectId | undefined, parts.store)
  return { params, query, body, scope, identity, context } satisfies RouteRequest
}

const noParams = z.object({})

/** `/traces/{trace_id}` as the router writes it: `/traces/:trace_id`. */
function routerPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1')
}
