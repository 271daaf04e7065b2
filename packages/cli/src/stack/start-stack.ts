import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isoTime, TraceLLMError } from '@tracellm/core'
import { dashboardFolder as dashboardAddress } from '@tracellm/dashboard'
import {
  createApp,
  createOtlpApp,
  isLoopback,
  listen,
  LiveHub,
  LiveSockets,
  presentChange,
  startIngest,
  type Ingest,
  type Listening,
  type ListenParts,
} from '@tracellm/server'
import type { StoreStats, TraceStore } from '@tracellm/store'
import { openSqliteStore } from '@tracellm/store/sqlite'
import type { Log } from '../log.ts'
import type { SettingInForce } from '../settings/resolve-settings.ts'
import type { startSettings, ValuesOf } from '../settings/settings-table.ts'
import { readPrices } from './read-prices.ts'

export interface StackParts {
  /** The folder, made when it is missing. */
  readonly home: string
  readonly settings: ValuesOf<typeof startSettings>
  readonly inForce: readonly SettingInForce[]
  readonly version: string
  /** Microseconds since the epoch. */
  readonly clock: () => number
  readonly log: Log
}

/** A port that one can do without: listened on, off, or held by another program. */
export type OptionalPort = Listening | 'off' | { readonly takenPort: number }

/** A server that takes requests. Disposing of it stops it: requests in flight are answered, what is stored stays. */
export interface Stack extends AsyncDisposable {
  readonly main: Listening
  readonly dashboard: OptionalPort
  readonly otlp: OptionalPort
  readonly keysRequired: boolean
  /** Whether there is a built dashboard to serve. */
  readonly hasDashboard: boolean
  /** What the store held at the start. */
  readonly stats: StoreStats
}

const dashboardFolder = fileURLToPath(dashboardAddress)

/** How long requests in flight may take once it stops; the whole of stopping has 10 s. */
const graceMs = 5000

/** Of the live sockets; how much they hold is a setting. */
const liveLimits = {
  maxFrameEvents: 200,
  frameIntervalMs: 50,
  maxBufferedBytes: 1024 * 1024,
  resumeBufferedBytes: 64 * 1024,
  lingerMs: 5 * 60_000,
}

/**
 * Joins store, ingest, server and dashboard, and listens: the one place that knows all of them.
 * @throws TraceLLMError `TL_STORE_…`, `TL_PORT_TAKEN` of the main port, `TL_AUTH_REQUIRED_TO_BIND`, `TL_BAD_SETTING`.
 */
export async function startStack(parts: StackParts): Promise<Stack> {
  const { home, settings, clock } = parts
  // What was opened is closed in the opposite order, also when something fails to open.
  await using opened = new AsyncDisposableStack()
  const prices = readPrices(settings.prices, home)
  const store = opened.use(await openSqliteStore({ folder: home, clock, durability: settings.durability }))
  const keysRequired = !isLoopback(settings.host)
  if (keysRequired) await requireKey(store, settings.host, clock())
  const sinkPort = store.connectSink()
  const ingest = opened.use(
    await startIngest({ limits: settings, clock }, { sinkPort, redact: settings.redact, prices }),
  )
  const hub = opened.adopt(await openHub(store, parts), (open) => open.close())

  const ports: number[] = []
  const served = serve(parts, { store, ingest, hub, keysRequired, ports })
  const open = async (port: number, app = served.app): Promise<Listening> => {
    const listening = await listen({ ...served, app }, settings.host, port)
    opened.defer(() => listening.close(graceMs))
    ports.push(listening.port)
    return listening
  }
  const main = await open(settings.port)
  const dashboard = await optional(settings.dashboardPort, open)
  const otlp = await optional(settings.otlpPort, (port) => open(port, createOtlpApp(served.app)))
  // Before the ports, which an open socket would hold.
  opened.defer(() => served.live.close())

  const stats = await store.readStats({})
  const stack = opened.move()
  return {
    main,
    dashboard,
    otlp,
    keysRequired,
    hasDashboard: hasDashboard(),
    stats,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

function openHub(store: TraceStore, { settings, clock, version }: StackParts): Promise<LiveHub> {
  const limits = { ...liveLimits, maxEvents: settings.maxLiveEvents, maxBytes: settings.maxLiveBytes }
  return LiveHub.open({ store, limits, clock, formatTime: isoTime, present: presentChange, version })
}

interface ServeParts {
  readonly store: TraceStore
  readonly ingest: Ingest
  readonly hub: LiveHub
  readonly keysRequired: boolean
  /** Those listened on, filled in as they are opened. */
  readonly ports: readonly number[]
}

interface Served extends ListenParts {
  readonly live: LiveSockets
}

/** What every port serves. */
function serve(parts: StackParts, { store, ingest, hub, keysRequired, ports }: ServeParts): Served {
  const { settings, clock, version, log } = parts
  const access = { keysRequired, ports, allowedHosts: settings.allowedHosts, corsOrigins: settings.corsOrigins }
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
    ...(hasDashboard() && { dashboardFolder }),
    log: (line) => log('error', line),
  })
  const { counters, recent } = ingest
  const maxClients = settings.maxLiveClients
  const live = new LiveSockets({ hub, store, settings: access, counters, maxClients, clock })
  return { app, live, recent, limits: settings, clock }
}

/** Whether a dashboard was built; its folder is always known. */
function hasDashboard(): boolean {
  return existsSync(join(dashboardFolder, 'index.html'))
}

/** A port that the product can do without: the main one serves everything that this one would. */
async function optional(port: number | 'off', open: (port: number) => Promise<Listening>): Promise<OptionalPort> {
  if (port === 'off') return 'off'
  try {
    return await open(port)
  } catch (error) {
    if (error instanceof TraceLLMError && error.code === 'TL_PORT_TAKEN') return { takenPort: port }
    throw error
  }
}

/** @throws TraceLLMError `TL_AUTH_REQUIRED_TO_BIND` when nobody could be let in. */
async function requireKey(store: TraceStore, host: string, nowUs: number): Promise<void> {
  const keys = await store.listApiKeys({})
  const isGood = keys.some(({ revokedUs, expiresUs = Infinity }) => revokedUs === undefined && expiresUs > nowUs)
  if (isGood) return
  throw new TraceLLMError(
    'TL_AUTH_REQUIRED_TO_BIND',
    `On ${host} others reach the server, and there is no key to tell them from you.`,
  )
}
