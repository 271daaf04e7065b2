import type { AppParts } from '../app-parts.ts'
import { docsRoutes } from '../openapi/docs-routes.ts'
import { analyticsRoutes } from './analytics-routes.ts'
import { apiKeyRoutes } from './api-key-routes.ts'
import { exportRoutes } from './export-routes.ts'
import { healthRoutes } from './health-routes.ts'
import { laterRoutes } from './later-routes.ts'
import { liveRoutes } from './live-routes.ts'
import { projectRoutes } from './project-routes.ts'
import type { Route } from './route.ts'
import { scoreRoutes } from './score-routes.ts'
import { spanRoutes } from './span-routes.ts'
import { traceRoutes } from './trace-routes.ts'

/** Every route there is, in the order of the documentation; of two that take a path the first answers. */
export function routeTable(parts: AppParts): Route[] {
  const routes = [
    ...healthRoutes(parts),
    ...parts.ingest.routes,
    ...liveRoutes(),
    ...laterRoutes(),
    ...traceRoutes(parts),
    ...spanRoutes(parts),
    ...exportRoutes(parts),
    ...scoreRoutes(parts),
    ...analyticsRoutes(parts),
    ...projectRoutes(parts),
    ...apiKeyRoutes(parts),
  ]
  return [...docsRoutes(routes, parts.version), ...routes]
}
