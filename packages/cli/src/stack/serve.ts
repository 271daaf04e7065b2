import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isoTime } from '@tracellm/core'
import { dashboardFolder as dashboardAddress } from '@tracellm/dashboard'
import {
  createApp,
  LiveHub,
  LiveSockets,
  presentChange,
  type Ingest,
  type IngestCounters,
  type ListenParts,
} from '@tracellm/server'
import type { TraceStore } from '@tracellm/store'
import type { StackParts } from './start-stack.ts'

const dashboardFolder = fileURLToPath(dashboardAddress)

/** Of the live sockets; how much they hold is a setting. */
const liveLimits = {
  maxFrameEvents: 200,
  frameIntervalMs: 50,
  maxBufferedBytes: 1024 * 1024,
  resumeBufferedBytes: 64 * 1024,
  lingerMs: 5 * 60_000,
}

/** What brings changes to sockets. */
export function openHub(
  store: TraceStore,
  counters: IngestCounters,
  { settings, clock, version }: StackParts,
): Promise<LiveHub> {
  const limits = { ...liveLimits, maxEvents: settings.maxLiveEvents, maxBytes: settings.maxLiveBytes }
  return LiveHub.open({ store, limits, clock, formatTime: isoTime, present: presentChange, version, counters })
}

interface ServeParts {
  readonly store: TraceStore
  readonly ingest: Ingest
  readonly hub: LiveHub
  readonly keysRequired: boolean
}

interface Served extends ListenParts {
  readonly live: LiveSockets
}

/** What every port serves. */
export function serve(parts: StackParts, { store, ingest, hub, keysRequired }: ServeParts): Served {
  const { settings, clock, version, startCommand, log } = parts
  const access = { keysRequired, allowedHosts: settings.allowedHosts, corsOrigins: settings.corsOrigins }
  const inForce = parts.inForce.map(({ unit = null, value, ...setting }) => ({
    ...setting,
    unit,
    value: typeof value === 'object' ? [...value] : value,
  }))
  const app = createApp({
    store,
    ingest,
    live: hub,
    settings: { ...access, inForce },
    clock,
    version,
    startCommand,
    ...(hasDashboard() && { dashboardFolder }),
    log: (line) => log('error', line),
  })
  const { counters, recent } = ingest
  const maxClients = settings.maxLiveClients
  const live = new LiveSockets({ hub, store, settings: access, counters, maxClients, clock })
  return { app, live, counters, recent, limits: settings, clock }
}

/** Whether a dashboard was built; its folder is always known. */
export function hasDashboard(): boolean {
  return existsSync(join(dashboardFolder, 'index.html'))
}
