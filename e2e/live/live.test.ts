import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { LiveSubscription } from '@tracellm/client'
import type { LiveEventJson } from '@tracellm/core/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportRequest, smallTrace } from '../../soak/kill/small-trace.ts'
import { startTracellm, type RunningTracellm } from '../start-tracellm.ts'

let server: RunningTracellm
let traces = 0

beforeAll(async () => {
  server = await startTracellm()
})

afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
})

/** Sends the next trace, and its id. */
async function sendTrace(headers: Record<string, string> = {}): Promise<string> {
  traces += 1
  const { traceId, spans } = smallTrace(99, traces, Date.now())
  const answer = await fetch(`${server.url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: exportRequest(spans),
  })
  expect(answer.status).toBe(200)
  return traceId
}

/** Remembers every event it hears. */
class Listener {
  readonly events: LiveEventJson[] = []
  readonly subscription: LiveSubscription

  constructor(options: { after?: number; key?: string; spans?: boolean } = {}) {
    const { after, key, spans } = options
    this.subscription = new LiveSubscription({
      baseUrl: server.url,
      wishes: { spans },
      after,
      key,
      onEvents: (events) => this.events.push(...events),
    })
  }

  /** Ids of the traces it has heard of, once each. */
  get traceIds(): Set<string> {
    return new Set(this.events.flatMap((event) => ('trace_id' in event.data ? [event.data.trace_id] : [])))
  }

  get sequences(): number[] {
    return this.events.filter((event) => event.type !== 'system.connected').map((event) => event.sequence)
  }

  async connected(): Promise<this> {
    await eventually(() => this.events.length > 0)
    return this
  }

  async hears(traceId: string): Promise<void> {
    await eventually(() => this.traceIds.has(traceId))
  }

  close(): void {
    this.subscription.close()
  }
}

async function eventually(isSo: () => boolean): Promise<void> {
  await expect.poll(isSo).toBe(true)
}

/** A socket that is opened as it should be and then never read. */
async function neverReads(): Promise<Socket> {
  const { port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(
    `GET /ws?spans=true HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  )
  await once(socket, 'readable')
  return socket
}

/** Asks for a socket with these headers; the answer's first bytes. */
async function upgrade(path: string, headers: Record<string, string> = {}): Promise<string> {
  const { port } = new URL(server.url)
  const socket = connect(Number(port), '127.0.0.1')
  const all = {
    Host: `127.0.0.1:${port}`,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return chunk.toString()
}

describe('the live socket', () => {
  test('brings a trace that comes in', async () => {
    const listener = await new Listener().connected()
    await listener.hears(await sendTrace())
    listener.close()
    expect(listener.events[0]).toMatchObject({ type: 'system.connected', data: { resumed: false } })
  })

  test('gives a client that comes back what it missed, in order and nothing twice', async () => {
    const first = await new Listener({ spans: true }).connected()
    await first.hears(await sendTrace())
    const { sequence } = first.subscription
    first.close()
    const missed = [await sendTrace(), await sendTrace(), await sendTrace()]
    const again = await new Listener({ after: sequence!, spans: true }).connected()
    const last = await sendTrace()
    await again.hears(last)
    again.close()

    expect(again.events[0]).toMatchObject({ data: { resumed: true } })
    expect(again.traceIds).toEqual(new Set([...missed, last]))
    expect(again.sequences).toEqual([...new Set(again.sequences)].toSorted((one, other) => one - other))
    expect(Math.min(...again.sequences)).toBe(sequence! + 1)
  })

  test('announces nothing for a batch that is repeated', async () => {
    const listener = await new Listener({ spans: true }).connected()
    const traceId = await sendTrace()
    await listener.hears(traceId)
    traces -= 1
    expect(await sendTrace()).toBe(traceId)
    const next = await sendTrace()
    await listener.hears(next)
    listener.close()
    const numbers = listener.sequences
    expect(numbers).toEqual(Array.from(numbers, (_, index) => numbers[0]! + index))
  })

  test('tells a client that was away during a restart how much it missed', async () => {
    await using own = await startTracellm()
    const before = server
    server = own
    try {
      const first = await new Listener().connected()
      await first.hears(await sendTrace())
      first.close()
      const { sequence } = first.subscription
      const health = (await (await fetch(`${own.url}/`)).json()) as { live: { sequence: number } }
      expect(health.live.sequence).toBeGreaterThanOrEqual(sequence!)
      await own.stop()
      await using restarted = await startTracellm({ home: own.home })
      server = restarted
      await sendTrace()
      const again = await new Listener({ after: sequence! }).connected()
      await eventually(() => again.events.some((event) => event.type === 'system.gap'))
      again.close()
    } finally {
      server = before
    }
  })

  test('serves many clients, and is not held up by one that never reads', async () => {
    const deaf = await neverReads()
    const listeners = await Promise.all(Array.from({ length: 60 }, () => new Listener({ spans: true }).connected()))
    let last = ''
    for (let index = 0; index < 300; index += 1) last = await sendTrace()
    await Promise.all(listeners.map((listener) => listener.hears(last)))
    for (const listener of listeners) listener.close()
    deaf.destroy()
    const { live } = (await (await fetch(`${server.url}/`)).json()) as { live: { clients: number } }
    expect(live.clients).toBeLessThanOrEqual(61)
  })

  test('lets a key hear of its own project alone', async () => {
    const created = (await (await fetch(`${server.url}/projects?name=quiet`, { method: 'POST' })).json()) as {
      api_key: { key: string }
    }
    const { key } = created.api_key
    const listener = await new Listener({ key, spans: true }).connected()
    await sendTrace()
    const own = await sendTrace({ authorization: `Bearer ${key}` })
    await listener.hears(own)
    listener.close()
    expect(listener.traceIds).toEqual(new Set([own]))
  })
})

describe('a socket that is refused', () => {
  test.each([
    ['a foreign page', '/ws', { Origin: 'https://evil.example' }, '403'],
    ['a foreign host name', '/ws', { Host: 'evil.example' }, '403'],
    ['an unknown key', '/ws', { 'Sec-WebSocket-Protocol': 'tracellm, key.tlm_sk_unknown' }, '401'],
    ['an unknown project', '/ws?project_id=nowhere', {}, '404'],
    ['an unknown parameter', '/ws?afterr=3', {}, '400'],
    ['another path', '/elsewhere', {}, '404'],
    ['the filter language, until it is there', '/ws?q=status:failed', {}, '400'],
  ])('%s', async (_who, path, headers, status) => {
    expect(await upgrade(path, headers)).toMatch(new RegExp(`^HTTP/1.1 ${status}`))
  })

  test('an older version of the protocol, and is told which one is spoken', async () => {
    const answer = await upgrade('/ws', { 'Sec-WebSocket-Version': '8' })
    expect(answer).toMatch(/^HTTP\/1.1 426 /)
    expect(answer).toContain('\r\nSec-WebSocket-Version: 13\r\n')
    expect(answer).toContain('"code":"TL_UPGRADE_REQUIRED"')
  })
})
