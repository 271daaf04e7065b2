import { Worker, type MessagePort } from 'node:worker_threads'
import type { UserPrices } from '@tracellm/core/prices'
import { ThreadClient } from '@tracellm/store/thread'
import { IngestCounters } from '../counters.ts'
import type { IngestPort } from '../app-parts.ts'
import type { Limits } from '../limits.ts'
import { stackOf } from '../stack-of.ts'
import { ByteBudget } from './byte-budget.ts'
import { ingestRoutes } from './ingest-routes.ts'
import type { IngestOutcome, IngestRequest } from './ingest-request.ts'
import type { TakeRequest } from './ingest.ts'
import { RecentRequests } from './recent-requests.ts'

/** What the ingest worker answers. */
export interface IngestCalls {
  take(request: IngestRequest): Promise<IngestOutcome>
}

/** What it tells unasked: how many spans more (or fewer) are on their way to the store. */
export interface IngestEvents {
  queued: number
}

export interface IngestWorkerData {
  /** The store's end, for `openSpanSink`. */
  readonly sinkPort: MessagePort
  readonly maxInflatedBytes: number
  readonly maxJsonObjects: number
  readonly maxSpanAttributes: number
  readonly maxRequestItems: number
  readonly redact: readonly string[]
  readonly prices: UserPrices | undefined
}

/** Takes requests in: the routes, their counters, and whatever stands behind them. */
export interface Ingest extends IngestPort, AsyncDisposable {
  readonly counters: IngestCounters
  readonly recent: RecentRequests
}

export interface IngestSettings {
  readonly limits: Limits
  readonly clock: () => number
  /** Takes a line for the operator, never contents of spans (nobody does). */
  readonly log?: (line: string) => void
}

/** Ingest whose requests go to `take`, which may live in this thread or another. */
export function createIngest(
  { limits, clock }: IngestSettings,
  counters: IngestCounters,
  take: TakeRequest,
  close: () => Promise<void> = async () => undefined,
): Ingest {
  const budget = new ByteBudget(limits.maxQueuedBytes)
  const recent = new RecentRequests()
  return {
    counters,
    recent,
    routes: ingestRoutes({ take, limits, budget, counters, recent, clock }),
    get counts() {
      return counters.counts
    },
    recentRequests: (scope) => recent.list(scope),
    [Symbol.asyncDispose]: close,
  }
}

/**
 * Starts the ingest worker. It writes to the store through a port of its own, so that spans never pass through this
 * thread. Close it after the last request was answered.
 */
export async function startIngest(
  settings: IngestSettings,
  worker: {
    readonly sinkPort: MessagePort
    readonly redact: readonly string[]
    readonly prices: UserPrices | undefined
  },
): Promise<Ingest> {
  const { maxInflatedBytes, maxJsonObjects, maxSpanAttributes, maxRequestItems } = settings.limits
  const limits = { maxInflatedBytes, maxJsonObjects, maxSpanAttributes, maxRequestItems }
  const workerData: IngestWorkerData = { ...worker, ...limits }
  const thread = new Worker(new URL('./ingest-worker.ts', import.meta.url), {
    workerData,
    transferList: [worker.sinkPort],
    // What a request brings lives until it is written: more room than this only fills memory, and saves no collection.
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  })
  thread.on('error', (error) => settings.log?.(`the thread that takes requests in has failed: ${stackOf(error)}`))
  const client = new ThreadClient<IngestCalls, IngestEvents>(thread)
  const counters = new IngestCounters()
  client.on('queued', (spans) => counters.queue(spans))
  const take: TakeRequest = (request) =>
    client.call('take', [request], [request.body.buffer]).catch((error: unknown) => ({
      status: 'unavailable',
      message: error instanceof Error ? error.message : String(error),
    }))
  return createIngest(settings, counters, take, async () => {
    client.close()
    await thread.terminate()
  })
}
