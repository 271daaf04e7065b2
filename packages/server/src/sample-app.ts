import type { TraceStore } from '@tracellm/store'
import type { Hono } from 'hono'
import type { AppParts } from './app-parts.ts'
import { IngestCounters } from './counters.ts'
import { createApp } from './create-app.ts'
import { createIngest } from './ingest/start-ingest.ts'
import { defaultLimits } from './limits.ts'

/** Saturday, 3 February 2024, 12:00 UTC: the clock of sample applications. */
export const sampleNowUs = Date.UTC(2024, 1, 3, 12) * 1000

const clock = () => sampleNowUs

/** Everything around a store, for tests: keys as asked, no sockets, and an ingest that takes nothing. */
export function sampleParts(store: TraceStore, changes: Partial<AppParts> & { keysRequired?: boolean } = {}): AppParts {
  const { keysRequired = false, ...others } = changes
  return {
    store,
    ingest: createIngest({ limits: defaultLimits, clock }, new IngestCounters(), async () => ({
      status: 'unavailable',
      message: 'no ingest here',
    })),
    live: { clients: 0, sequence: 0 },
    settings: {
      keysRequired,
      allowedHosts: [],
      corsOrigins: ['https://app.example'],
      inForce: [{ name: 'port', value: 8000, unit: null, source: 'default', text: 'Where the server listens.' }],
    },
    clock,
    version: '0.0.0-test',
    ...others,
  }
}

export function sampleApp(store: TraceStore, changes: Parameters<typeof sampleParts>[1] = {}): Hono {
  return createApp(sampleParts(store, changes))
}

/** The JSON of an answer, and its status. */
export async function ask(app: Hono, path: string, init: RequestInit = {}) {
  const response = await app.request(path, init)
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

/** A request with a JSON body. */
export function sending(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
}
