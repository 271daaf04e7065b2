import { analyticsJson, analyticsQuery, failuresJson, failuresQuery } from '@tracellm/core/wire'
import type { TraceStore } from '@tracellm/store'
import { presentAnalytics, presentFailures } from '../present/analytics-json.ts'
import { defineRoute, type Route } from './route.ts'
import { timeRangeOf, wanted } from './trace-filter.ts'

/** Figures over time, and what went wrong. */
export function analyticsRoutes({ store }: { readonly store: TraceStore }): Route[] {
  const readAnalytics = defineRoute({
    method: 'GET',
    path: '/analytics',
    scope: 'read',
    group: 'Analytics',
    summary: 'Figures over a range of time, by bucket, status, model, project and tool',
    query: analyticsQuery,
    answer: analyticsJson,
    handle: async ({ scope, query }) =>
      presentAnalytics(
        await store.readAnalytics(scope, {
          environment: wanted(query.environment),
          model: wanted(query.model),
          interval: query.interval,
          timeZone: query.time_zone,
          ...timeRangeOf(query),
        }),
      ),
  })

  const readFailures = defineRoute({
    method: 'GET',
    path: '/failures',
    scope: 'read',
    group: 'Analytics',
    summary: 'Failed traces, retries and slow requests, newest first',
    query: failuresQuery,
    answer: failuresJson,
    handle: async ({ scope, query }) =>
      presentFailures(
        await store.readFailures(scope, {
          environment: wanted(query.environment),
          limit: query.limit ?? 20,
          ...timeRangeOf(query),
        }),
      ),
  })

  return [readAnalytics, readFailures]
}
