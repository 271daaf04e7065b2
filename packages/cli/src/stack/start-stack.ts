import { TraceLLMError } from '@tracellm/core'
import { createOtlpApp, isLoopback, listen, startIngest, type Listening, type ListenParts } from '@tracellm/server'
import type { StoreStats } from '@tracellm/store'
import { openSqliteStore } from '@tracellm/store/sqlite'
import type { Log } from '../log.ts'
import type { SettingInForce } from '../settings/resolve-settings.ts'
import type { startSettings, ValuesOf } from '../settings/settings-table.ts'
import { readPrices } from './read-prices.ts'
import { requireKey } from './require-key.ts'
import { hasDashboard, openHub, serve } from './serve.ts'

export interface StackParts {
  /** The folder, made when it is missing. */
  readonly home: string
  readonly settings: ValuesOf<typeof startSettings>
  readonly inForce: readonly SettingInForce[]
  readonly version: string
  /** What starts it again. */
  readonly startCommand: string
  /** Microseconds since the epoch. */
  readonly clock: () => number
  readonly log: Log
}

/** A port that one can do without: listened on, off, held by another program, or not for this user. */
export type OptionalPort = Listening | 'off' | LackingPort

export interface LackingPort {
  readonly lackingPort: number
  readonly because: 'taken' | 'forbidden'
}

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

/** How long requests in flight may take once it stops; the whole of stopping has 10 s. */
const graceMs = 5000

/**
 * Joins store, ingest, server and dashboard, and listens: the one place that knows all of them.
 * @throws TraceLLMError `TL_STORE_…`, `TL_PORT_TAKEN` or `TL_PORT_FORBIDDEN` of the main port, `TL_AUTH_REQUIRED_TO_BIND`, `TL_BAD_SETTING`.
 */
export async function startStack(parts: StackParts): Promise<Stack> {
  const { home, settings, clock, log } = parts
  // What was opened is closed in the opposite order, also when something fails to open.
  await using opened = new AsyncDisposableStack()
  const prices = readPrices(settings.prices, home)
  const store = opened.use(await openSqliteStore({ folder: home, clock, durability: settings.durability }))
  const keysRequired = !isLoopback(settings.host)
  if (keysRequired) await requireKey(store, settings.host, clock())
  const sinkPort = store.connectSink()
  const ingest = opened.use(
    await startIngest(
      { limits: settings, clock, log: (line) => log('error', line) },
      { sinkPort, redact: settings.redact, prices },
    ),
  )
  const hub = opened.adopt(await openHub(store, ingest.counters, parts), (started) => started.close())

  const served = serve(parts, { store, ingest, hub, keysRequired })
  const open: Listening[] = []
  // Together, since each may take its time; sockets first, which would hold them open.
  opened.defer(async () => {
    served.live.close()
    await Promise.all(open.map((listening) => listening.close(graceMs)))
  })
  const openPort = async (port: number, what: ListenParts = served): Promise<Listening> => {
    const listening = await listen(what, settings.host, port)
    open.push(listening)
    return listening
  }
  const { live: _, ...withoutSockets } = served
  const otlpOnly = { ...withoutSockets, app: createOtlpApp(served.app) }
  const main = await openPort(settings.port)
  // A port that is named twice is opened once: the first of them serves what the second would.
  const own = (port: number): Listening | undefined => open.find((listening) => listening.port === port)
  const dashboard = await optional(settings.dashboardPort, async (port) => own(port) ?? openPort(port))
  const otlp = await optional(settings.otlpPort, async (port) => own(port) ?? openPort(port, otlpOnly))

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

/** A port that the product can do without: the main one serves everything that this one would. */
async function optional(port: number | 'off', open: (port: number) => Promise<Listening>): Promise<OptionalPort> {
  if (port === 'off') return 'off'
  try {
    return await open(port)
  } catch (error) {
    if (!(error instanceof TraceLLMError)) throw error
    if (error.code === 'TL_PORT_TAKEN') return { lackingPort: port, because: 'taken' }
    if (error.code === 'TL_PORT_FORBIDDEN') return { lackingPort: port, because: 'forbidden' }
    throw error
  }
}
