import { once } from 'node:events'
import { connect } from 'node:net'
import { isoTime, type TraceId } from '@tracellm/core'
import { openMemoryStore } from '@tracellm/store/memory'
import { describe, expect, test } from 'vitest'
import { IngestCounters } from './counters.ts'
import { createApp } from './create-app.ts'
import { IngestQueue } from './ingest/ingest-queue.ts'
import { redactionOf } from './ingest/redact.ts'
import { createIngest } from './ingest/start-ingest.ts'
import { defaultLimits, limitTable, type LimitName, type Limits } from './limits.ts'
import { listen } from './listen.ts'
import { LiveHub } from './live/live-hub.ts'
import { LiveSockets } from './live/socket.ts'
import { presentChange } from './present/live-change.ts'
import { sampleNowUs, sampleParts } from './sample-app.ts'
import { sampleTrace } from './sample-trace.ts'

const clock = () => sampleNowUs

/** A server that listens, with everything in one thread. */
async function serve(limits: Limits) {
  await using opened = new AsyncDisposableStack()
  const store = openMemoryStore({ clock })
  const counters = new IngestCounters()
  const queue = new IngestQueue({
    sink: store,
    context: {
      maxInflatedBytes: limits.maxInflatedBytes,
      maxJsonObjects: limits.maxJsonObjects,
      decode: { maxAttributes: limits.maxSpanAttributes, maxItems: limits.maxRequestItems },
      redaction: redactionOf([]),
      prices: undefined,
    },
    onQueued: (spans) => counters.queue(spans),
  })
  const ingest = createIngest({ limits, clock }, counters, (request) => queue.take(request))
  const hubLimits = {
    maxEvents: limits.maxLiveEvents,
    maxBytes: limits.maxLiveBytes,
    maxFrameEvents: 200,
    frameIntervalMs: 0,
    maxBufferedBytes: 1e6,
    resumeBufferedBytes: 1e5,
    lingerMs: 60_000,
  }
  const about = { store, clock, formatTime: isoTime, present: presentChange, version: '0', counters }
  const hub = opened.adopt(await LiveHub.open({ ...about, limits: hubLimits }), (live) => live.close())
  const parts = sampleParts(store, { ingest, live: hub })
  const { settings } = parts
  const live = new LiveSockets({ hub, store, settings, counters, maxClients: limits.maxLiveClients, clock })
  const listening = await listen(
    { app: createApp(parts), live, counters, recent: ingest.recent, limits, clock },
    '127.0.0.1',
    0,
  )
  opened.defer(async () => {
    live.close()
    await listening.close(0)
  })
  const held = opened.move()
  return { url: `http://127.0.0.1:${listening.port}`, port: listening.port, store, dispose: () => held.disposeAsync() }
}

type Served = Awaited<ReturnType<typeof serve>>

/** Sends a span with so many attributes and events. */
function send({ url }: Served, { attributes = 0, events = 0 } = {}): Promise<Response> {
  const span = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    startTimeUnixNano: '1700000000000000000',
    attributes: Array.from({ length: attributes }, (_, at) => ({ key: `key${at}`, value: { intValue: at } })),
    events: Array.from({ length: events }, (_, at) => ({ name: `event ${at}` })),
  }
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
  return fetch(`${url}/v1/traces`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
}

async function openSocket({ port }: Served): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['tracellm'])
  await new Promise((resolve) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', resolve)
  })
}

async function writeWhileWatched(served: Served): Promise<void> {
  await openSocket(served)
  for (const letter of ['a', 'b', 'c']) {
    const spans = sampleTrace(letter.repeat(32) as TraceId)
    await served.store.write({
      groups: [{ projectId: 'default' as never, fixed: true, spans, logEvents: [] }],
    })
  }
}

/** A request whose body never comes, and what it is answered. */
async function sendHead({ port }: Served): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  const head = ['POST /v1/traces HTTP/1.1', `Host: localhost:${port}`, 'Content-Type: application/json']
  socket.write([...head, 'Content-Length: 2', '', ''].join('\r\n'))
  await once(socket, 'data')
  socket.destroy()
}

async function connectTwice({ port, url }: Served): Promise<void> {
  const first = connect(port, '127.0.0.1')
  await once(first, 'connect')
  await expect(fetch(url)).rejects.toThrow('fetch failed')
  first.destroy()
  await once(first, 'close')
}

/** For each limit a value that is low, and what reaches it. */
const reaching: Record<LimitName, { low: number; reach: (served: Served) => Promise<unknown> }> = {
  maxBodyBytes: { low: 50, reach: send },
  maxInflatedBytes: { low: 50, reach: (served) => send(served) },
  maxJsonObjects: { low: 2, reach: send },
  maxQueuedBytes: { low: 1, reach: (served) => Promise.all([sendHead(served), send(served)]) },
  bodyTimeoutMs: { low: 10, reach: sendHead },
  maxRequestItems: { low: 2, reach: (served) => send(served, { events: 3 }) },
  maxConnections: { low: 1, reach: connectTwice },
  maxSpanAttributes: { low: 2, reach: (served) => send(served, { attributes: 5 }) },
  maxLiveClients: { low: 1, reach: (served) => Promise.all([openSocket(served), openSocket(served)]) },
  maxLiveEvents: { low: 1, reach: writeWhileWatched },
  maxLiveBytes: { low: 1, reach: writeWhileWatched },
}

describe('limitTable', () => {
  test.each(Object.keys(limitTable) as LimitName[])('what %s turned away is counted in `GET /`', async (name) => {
    const { low, reach } = reaching[name]
    const served = await serve({ ...defaultLimits, bodyTimeoutMs: 100, [name]: low })
    await reach(served)
    const health = async () => {
      const response = await fetch(served.url)
      return ((await response.json()) as { ingest: { rejections: { reason: string; count: number }[] } }).ingest
    }
    await expect
      .poll(async () => (await health()).rejections)
      .toContainEqual(
        expect.objectContaining({ reason: limitTable[name].counter, count: expect.toSatisfy((count) => count > 0) }),
      )
    await served.dispose()
  })
})
