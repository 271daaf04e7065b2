import { setTimeout as sleep } from 'node:timers/promises'
import { LiveSubscription } from '@tracellm/client'
import { figure, markdownTable, percentile } from '../figures.ts'
import { MeasuredServer } from '../ingest/measured-server.ts'
import { prepareLoadProcess } from '../ingest/run-load.ts'
import type { LoadPlan } from '../ingest/send-load.ts'
import { openIdleSockets } from './open-sockets.ts'

export interface LiveBench {
  readonly seed: number
  /** Spans of each round. */
  readonly spans: number
}

const idleSockets = 1000
const rounds = 3

/** `npm run bench -- live`: how soon a client hears of what is stored, and what many clients cost those who send. */
export async function benchLive({ seed, spans }: LiveBench): Promise<string> {
  await using measured = await MeasuredServer.start()
  const { url } = measured
  let lastSeed = seed
  const load = (shape: Pick<LoadPlan, 'requests' | 'spansPerRequest' | 'connections' | 'requestsPerSecond'>) =>
    prepareLoadProcess({ kind: 'rag', seed: lastSeed++, url, ...shape })
  const full = { requests: Math.ceil(spans / 512), spansPerRequest: 512, connections: 4 }
  await (await load(full)).send()

  console.error('live: delivery')
  const quietMs = await deliveryTimes(
    url,
    await load({ requests: 200, spansPerRequest: 4, connections: 4, requestsPerSecond: 20 }),
  )
  const busyMs = await deliveryTimes(url, await load(full))

  const alone: number[] = []
  const besideSockets: number[] = []
  const memoryBefore = measured.memoryMb().now
  const project = await newProject(url)
  for (let round = 1; round <= rounds; round++) {
    console.error(`live: round ${round} of ${rounds}`)
    alone.push(await rate(await load(full)))
    using _ = await openIdleSockets(url, idleSockets, `/ws?project_id=${project}`)
    besideSockets.push(await rate(await load(full)))
  }
  const [before, beside] = [percentile(alone, 0.5), percentile(besideSockets, 0.5)]
  return markdownTable(
    ['figure', 'measured'],
    [
      ['start of a commit to client, 20 requests/s, p50 / p99 ms', pair(quietMs)],
      ['… under full ingest, p50 / p99 ms', pair(busyMs)],
      [`spans/s with no socket (${rounds} rounds)`, alone.map(figure).join(', ')],
      [`… with ${figure(idleSockets)} idle sockets and one that never reads`, besideSockets.map(figure).join(', ')],
      ['loss by the medians', `${((1 - beside / before) * 100).toFixed(1)} %`],
      ['memory, MB: before the rounds / most', `${figure(memoryBefore)} / ${figure(measured.memoryMb().peak)}`],
    ],
  )
}

async function rate(load: { send(): Promise<{ spans: number; seconds: number }> }): Promise<number> {
  const { spans, seconds } = await load.send()
  return spans / seconds
}

/**
 * Milliseconds from the moment a trace was changed until a client hears of it. The store notes that moment when its
 * transaction begins, so the times hold the rest of the transaction too.
 */
async function deliveryTimes(url: string, load: { send(): Promise<unknown> }): Promise<number[]> {
  const times: number[] = []
  const { promise: connected, resolve: onConnected } = Promise.withResolvers<void>()
  const subscription = new LiveSubscription({
    baseUrl: url,
    wishes: {},
    onEvents: (events) => {
      const heardMs = Date.now()
      for (const { type, data } of events) {
        if (type === 'system.connected') onConnected()
        if (type === 'trace.created' || type === 'trace.updated') times.push(heardMs - Date.parse(data.updated_at))
      }
    },
  })
  await connected
  await load.send()
  await sleep(1000)
  subscription.close()
  return times
}

async function newProject(url: string): Promise<string> {
  const answer = await fetch(`${url}/projects?name=elsewhere`, { method: 'POST' })
  return ((await answer.json()) as { project: { project_id: string } }).project.project_id
}

function pair(times: readonly number[]): string {
  return `${figure(percentile(times, 0.5))} / ${figure(percentile(times, 0.99))}`
}
