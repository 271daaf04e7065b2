import { TraceLLMError } from '@tracellm/core'
import { Hono } from 'hono'
import { guardOrigins } from './access/guard-origins.ts'
import type { AppParts } from './app-parts.ts'
import { dashboardFiles } from './dashboard-files.ts'
import { isStrayExport, otlpPathAdvice, signalOfPath, strayExportError } from './ingest/otlp-path.ts'
import { knownError, problemResponse } from './present/problem-response.ts'
import { mountRoute } from './routes/mount-route.ts'
import type { Route } from './routes/route.ts'
import { routeTable } from './routes/route-table.ts'
import { safeHeaders } from './safe-headers.ts'
import { stackOf } from './stack-of.ts'

/**
 * The whole HTTP side: a Request in, a Response out. Runs without a socket under `app.request()`.
 *
 * ```
 * request ─► headers ─► host and origin ─► dashboard file? ─► route: key, scope, query, body ─► handler ─► JSON
 *                             └── 403 ──────────────────────────────┴── 400 401 403 404 ─► problem+json
 * ```
 */
export function createApp(parts: AppParts): Hono {
  const app = new Hono()
  const routes = routeTable(parts)
  const fail = (error: TraceLLMError, request: Request) => presentError(routes, error, request)

  app.onError((fault, { req }) => {
    const error = knownError(fault)
    if (error.code === 'TL_INTERNAL') parts.log?.(`${req.method} ${req.path}: ${stackOf(error.cause ?? error)}`)
    return fail(error, req.raw)
  })
  app.notFound(({ req }) => fail(missingRoute(routes, req.raw), req.raw))

  app.use(safeHeaders)
  app.use(guardOrigins(parts.settings))
  if (parts.dashboardFolder !== undefined) app.use(dashboardFiles(parts.dashboardFolder))
  for (const route of routes) mountRoute(app, route, parts)
  return app
}

/** In the form of the route that was meant, which for OTLP is not ours. */
async function presentError(routes: readonly Route[], error: TraceLLMError, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const isStray = error.code === 'TL_ROUTE_NOT_FOUND' && isStrayExport(request)
  const signal = signalOfPath(pathname) ?? (isStray ? 'traces' : undefined)
  const route = routesAt(routes, signal === undefined ? pathname : `/v1/${signal}`).find(
    (candidate) => candidate.presentError !== undefined,
  )
  const response = (await route?.presentError?.(error, request)) ?? problemResponse(error)
  const allowed: unknown = error.extra['allow']
  if (typeof allowed === 'string') response.headers.set('Allow', allowed)
  return response
}

function missingRoute(routes: readonly Route[], request: Request): TraceLLMError {
  const { method } = request
  const { pathname: path, origin } = new URL(request.url)
  const signal = signalOfPath(path)
  if (signal === undefined && isStrayExport(request)) return strayExportError(request)
  const methods = routesAt(routes, path).map((route) => route.method)
  if (methods.length === 0) {
    const fix = signal === undefined ? undefined : otlpPathAdvice(signal, origin)
    return new TraceLLMError('TL_ROUTE_NOT_FOUND', `there is no ${path} here`, { fix })
  }
  const allow = [...new Set(methods)].join(', ')
  return new TraceLLMError('TL_METHOD_NOT_ALLOWED', `${path} takes ${allow}, not ${method}`, { extra: { allow } })
}

function routesAt(routes: readonly Route[], path: string): Route[] {
  const parts = path.split('/')
  return routes.filter((route) => {
    const own = route.path.split('/')
    return own.length === parts.length && own.every((part, index) => isAt(part, parts[index]))
  })
}

/** A parameter takes any text but none: `/traces/` is not `/traces/{trace_id}`. */
function isAt(part: string, asked: string | undefined): boolean {
  return part.startsWith('{') ? asked !== '' : part === asked
}
