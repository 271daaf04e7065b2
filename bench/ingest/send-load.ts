import { Agent, request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { writeSpansProtobuf } from '@tracellm/core/otlp'
import { spanStream, take, type TrafficKind } from '../generate/span-stream.ts'

export interface LoadPlan {
  readonly url: string
  readonly kind: TrafficKind
  readonly seed: number
  readonly spansPerRequest: number
  readonly requests: number
  readonly connections: number
  /** Requests are begun this many a second (as fast as they are answered). */
  readonly requestsPerSecond?: number
}

export interface LoadResult {
  readonly spans: number
  readonly seconds: number
  readonly refused: number
  /** Of each acknowledged request, from its planned moment to its 200. */
  readonly latenciesMs: readonly number[]
  readonly sentBytes: number
  readonly rawBytes: number
}

interface Prepared {
  readonly body: Buffer
  readonly spans: number
  readonly rawBytes: number
}

/** Makes, encodes and compresses everything before the first request, so that this work is not what is measured. */
export function prepareLoad({ kind, seed, spansPerRequest, requests }: LoadPlan): Prepared[] {
  const stream = spanStream(kind, seed, Date.now() * 1000)
  return Array.from({ length: requests }, () => {
    const raw = writeSpansProtobuf(take(stream, spansPerRequest))
    return { body: gzipSync(raw), spans: spansPerRequest, rawBytes: raw.length }
  })
}

export async function sendLoad(plan: LoadPlan, prepared: readonly Prepared[]): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: plan.connections })
  const latenciesMs: number[] = []
  let next = 0
  let refused = 0
  const startMs = performance.now()
  const sender = async (): Promise<void> => {
    while (next < prepared.length) {
      const index = next++
      const plannedMs =
        plan.requestsPerSecond === undefined ? performance.now() : startMs + (index * 1000) / plan.requestsPerSecond
      await until(plannedMs)
      for (;;) {
        const status = await post(agent, plan.url, prepared[index]!.body)
        if (status === 200) break
        if (status !== 503) throw new Error(`the server answered ${status}`)
        refused += 1
        await until(performance.now() + 100)
      }
      latenciesMs.push(performance.now() - plannedMs)
    }
  }
  await Promise.all(Array.from({ length: plan.connections }, sender))
  agent.destroy()
  return {
    spans: prepared.reduce((sum, one) => sum + one.spans, 0),
    seconds: (performance.now() - startMs) / 1000,
    refused,
    latenciesMs,
    sentBytes: prepared.reduce((sum, one) => sum + one.body.length, 0),
    rawBytes: prepared.reduce((sum, one) => sum + one.rawBytes, 0),
  }
}

async function until(momentMs: number): Promise<void> {
  const waitMs = momentMs - performance.now()
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
}

function post(agent: Agent, url: string, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'gzip',
      'content-length': body.length,
    }
    const outgoing = request(`${url}/v1/traces`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Run as a process of its own by `run-load.ts`: prepares, says so, and sends when told. */
if (process.send !== undefined) {
  process.once('message', (plan: LoadPlan) => {
    const prepared = prepareLoad(plan)
    process.once('message', () => {
      void sendLoad(plan, prepared).then((result) => process.send!(result, () => process.exit(0)))
    })
    process.send!('prepared')
  })
}
