import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import { LiveSubscription, type LiveOptions, type LiveState } from './live.ts'

interface Guest {
  readonly url: string
  readonly protocols: string
  readonly socket: ServerSocket
  readonly said: unknown[]
}

let server: WebSocketServer
let guests: Guest[]
let states: LiveState[]
let events: { type: string; sequence: number }[]
let live: LiveSubscription | undefined

beforeEach(async () => {
  guests = []
  states = []
  events = []
  await listen(0)
})

afterEach(async () => {
  live?.close()
  await hangUp()
})

async function listen(port: number): Promise<void> {
  server = new WebSocketServer({ host: '127.0.0.1', port, handleProtocols: () => 'tracellm' })
  server.on('connection', (socket, request: IncomingMessage) => {
    const said: unknown[] = []
    socket.on('message', (data: Buffer) => said.push(JSON.parse(data.toString())))
    guests.push({ url: request.url ?? '', protocols: request.headers['sec-websocket-protocol'] ?? '', socket, said })
  })
  await once(server, 'listening')
}

async function hangUp(): Promise<number> {
  const { port } = server.address() as AddressInfo
  for (const client of server.clients) client.terminate()
  await new Promise((resolve) => server.close(resolve))
  return port
}

function open(options: Partial<LiveOptions> = {}): LiveSubscription {
  live = new LiveSubscription({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onEvents: (frame) => events.push(...frame),
    onState: (state) => states.push(state),
    firstDelayMs: 5,
    longestDelayMs: 20,
    ...options,
  })
  return live
}

function say({ socket }: Guest, ...frame: { type: string; sequence: number; data?: unknown }[]): void {
  socket.send(JSON.stringify(frame))
}

const connected = (sequence: number, resumed = true) => ({ type: 'system.connected', sequence, data: { resumed } })

async function guest(index: number): Promise<Guest> {
  await eventually(() => expect(guests.length).toBeGreaterThan(index))
  return guests[index]!
}

function eventually(expectation: () => void): Promise<void> {
  return vi.waitFor(expectation, { interval: 5, timeout: 10_000 })
}

describe('LiveSubscription', () => {
  test('hands over each frame and says when it is open', async () => {
    open()
    say(await guest(0), connected(7, false), { type: 'trace.created', sequence: 8 })

    await eventually(() => expect(events.map(({ sequence }) => sequence)).toEqual([7, 8]))
    expect(states).toEqual([
      { status: 'connecting', attempt: 1 },
      { status: 'open', resumed: false },
    ])
    expect(live!.sequence).toBe(8)
  })

  test('after a lost connection goes on after the last event seen', async () => {
    open()
    say(await guest(0), connected(7), { type: 'trace.created', sequence: 8 })
    await eventually(() => expect(live!.sequence).toBe(8))
    guests[0]!.socket.terminate()

    expect((await guest(1)).url).toBe('/ws?after=8')
    say(guests[1]!, connected(8))
    await eventually(() => expect(states.at(-1)).toEqual({ status: 'open', resumed: true }))
    expect(states.at(-3)).toMatchObject({ status: 'waiting', attempt: 1 })
  })

  test('keeps trying while the server is away, with waits that grow to a bound', async () => {
    open()
    await guest(0)
    const port = await hangUp()
    await eventually(() => expect(states.at(-1)).toMatchObject({ status: 'waiting', attempt: 5 }))
    const waits = states.flatMap((state) => (state.status === 'waiting' ? [state.delayMs] : []))

    expect(waits[0]).toBeGreaterThanOrEqual(2.5)
    expect(waits[0]).toBeLessThanOrEqual(5)
    for (const wait of waits.slice(2)) expect(wait).toBeGreaterThanOrEqual(10)
    for (const wait of waits) expect(wait).toBeLessThanOrEqual(20)
    await listen(port)
    await guest(1)
  })

  test.each([
    [1008, 'the key is revoked', 'the key is revoked'],
    [4503, 'Too many live clients: there are 5 live clients already', expect.stringContaining('there are 5')],
    [1001, 'the server is stopping', undefined],
  ])('says why the server refuses it, closed with %i', async (code, reason, refusal) => {
    open()
    const { socket } = await guest(0)
    socket.close(code, reason)
    await eventually(() => expect(states).toContainEqual(expect.objectContaining({ status: 'waiting', attempt: 1 })))
    const [waiting] = states.filter(({ status }) => status === 'waiting') as { refusal?: string }[]
    expect(waiting?.refusal).toEqual(refusal)
  })

  test('starts anew when the server does not know the number', async () => {
    open({ after: 5000 })
    say(await guest(0), connected(12, false))

    expect(guests[0]!.url).toBe('/ws?after=5000')
    await eventually(() => expect(live!.sequence).toBe(12))
  })

  test('asks for project, filter and spans at once, so that a reconnect misses none of them', async () => {
    open({ wishes: { project_id: 'shop', q: 'status:failed', spans: true } })

    expect((await guest(0)).url).toBe('/ws?project_id=shop&q=status%3Afailed&spans=true')
  })

  test('sends a key as a subprotocol', async () => {
    open({ key: () => 'tlm_sk_secret' })

    expect((await guest(0)).protocols).toBe('tracellm, key.tlm_sk_secret')
  })

  test('pauses again after a reconnect', async () => {
    open()
    say(await guest(0), connected(1))
    await eventually(() => expect(states.at(-1)).toMatchObject({ status: 'open' }))
    live!.pause()
    await eventually(() => expect(guests[0]!.said).toEqual([{ type: 'pause' }]))
    guests[0]!.socket.terminate()

    await guest(1)
    await eventually(() => expect(guests[1]!.said).toEqual([{ type: 'pause' }]))
  })

  test('stays closed once closed', async () => {
    open()
    await guest(0)
    live!.close()
    await once(guests[0]!.socket, 'close')

    expect(states.at(-1)).toEqual({ status: 'closed' })
    live!.retryNow()
    expect(states.at(-1)).toEqual({ status: 'closed' })
  })
})
