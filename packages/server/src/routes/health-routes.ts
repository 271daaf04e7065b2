import { healthJson, recentRequestsJson, settingsJson } from '@tracellm/core/wire'
import { isInstanceAdmin } from '../access/require-scope.ts'
import type { AppParts } from '../app-parts.ts'
import { presentIngest, presentRecentRequest, presentSetting, presentStorage } from '../present/health-json.ts'
import { defineRoute, type Route } from './route.ts'

/** Whether the server is well, what it took in lately, and how it is set. */
export function healthRoutes(parts: AppParts): Route[] {
  const { store, ingest, live, settings, clock, version } = parts
  const sinceUs = clock()

  const health = defineRoute({
    method: 'GET',
    path: '/',
    scope: undefined,
    group: 'Server',
    summary: 'Health, what storage holds, and what ingest did',
    answer: healthJson,
    async handle({ identity }) {
      const stats = await store.readStats(identity.scope)
      const reads = identity.scopes.size > 0
      // Counts of the whole instance would tell one project how busy the others are.
      const readsAll = isInstanceAdmin(identity)
      return {
        name: 'tracellm' as const,
        version,
        status: stats.faults.length === 0 ? ('ok' as const) : ('degraded' as const),
        uptime_s: Math.max(0, (clock() - sinceUs) / 1e6),
        start_command: (readsAll && parts.startCommand) || null,
        storage: reads ? presentStorage(stats, readsAll) : null,
        ingest: readsAll ? presentIngest(ingest.counts, sinceUs) : null,
        search: { behind_spans: null },
        live: {
          clients: readsAll ? live.clients : null,
          sequence: reads ? Math.max(live.sequence, stats.sequence) : null,
        },
      }
    },
  })

  const recentRequests = defineRoute({
    method: 'GET',
    path: '/ingest/recent',
    scope: 'read',
    group: 'Server',
    summary: 'The newest requests to ingest paths, newest first: why does my trace not appear?',
    answer: recentRequestsJson,
    handle: ({ scope }) => ({
      items: ingest.recentRequests(scope).map((request) => presentRecentRequest(request)),
      next_cursor: null,
    }),
  })

  const showSettings = defineRoute({
    method: 'GET',
    path: '/settings',
    scope: 'read',
    group: 'Server',
    summary: 'The settings in force, and where each comes from',
    answer: settingsJson,
    handle: ({ identity }) => ({
      items: settings.inForce.map((setting) => presentSetting(setting, isInstanceAdmin(identity))),
      next_cursor: null,
    }),
  })

  return [health, recentRequests, showSettings]
}
