import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isoTime, type ProjectId } from '@tracellm/core'
import { openMemoryStore } from '@tracellm/store/memory'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket as ProgramSocket } from 'ws'
import { makeKey } from '../access/make-key.ts'
import { IngestCounters } from '../counters.ts'
import { presentChange } from '../present/live-change.ts'
import { LiveHub } from './live-hub.ts'
import { LiveSockets } from './socket.ts'

const clock = () => 1_800_000_000_000_000
const limits = {
  maxEvents: 100,
  maxBytes: 1_000_000,
  maxFrameEvents: 10,
  frameIntervalMs: 0,
  maxBufferedBytes: 1000,
  resumeBufferedBytes: 100,
  lingerMs: 0,
}

let server: Server | undefined
let sockets: LiveSockets | undefined

afterEach(() => {
  vi.useRealTimers()
  sockets?.close()
  server?.close()
})

/** A server of sockets over a store with one key, which can be made to end right after it is first looked up. */
async function serve({ endsAfterLookUp = false, keysRequired = true } = {}) {
  const store = openMemoryStore({ clock })
  const projectId = 'shop' as ProjectId
  await store.createProject({ projectId, name: 'shop', createdUs: 1 })
  const { stored, key } = makeKey({ projectId, scopes: ['read'], createdUs: 1 })
  await store.createApiKey(stored)
  const counters = new IngestCounters()
  const hub = await LiveHub.open({
    store,
    limits,
    clock,
    formatTime: isoTime,
    present: presentChange,
    version: '0',
    counters,
  })
  const keys = {
    findApiKey: async (hash: string) => {
      const found = await store.findApiKey(hash)
      if (endsAfterLookUp) await store.revokeApiKey({}, stored.keyId, clock())
      return found
    },
    touchApiKey: async () => undefined,
    listProjects: store.listProjects.bind(store),
  }
  const settings = { keysRequired, allowedHosts: [], corsOrigins: [] }
  const live = new LiveSockets({ hub, store: keys, settings, counters, maxClients: 5, clock })
  sockets = live
  server = createServer().on('upgrade', (request, socket, head) => void live.upgrade(request, socket, head))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const revoke = () => store.revokeApiKey({}, stored.keyId, clock())
  return {
    hub,
    store: keys,
    revoke,
    connect: (path = '/ws') => new WebSocket(`ws://127.0.0.1:${port}${path}`, ['tracellm', `key.${key}`]),
    /** As a browser does for a page; what comes back is where it ends, or the HTTP answer. */
    refusalOf: (headers: Record<string, string>, { path = '/ws', key: given = key } = {}) =>
      endOf(new ProgramSocket(`ws://127.0.0.1:${port}${path}`, ['tracellm', `key.${given}`], { headers })),
  }
}

/** How a socket ends that is not let in. */
function endOf(socket: ProgramSocket): Promise<{ status?: number; code?: number; reason?: string }> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_, { statusCode }) => resolve({ status: statusCode }))
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
}

describe('LiveSockets', () => {
  test('lets a socket in, and forgets it when it goes', async () => {
    const { hub, connect } = await serve()
    const socket = connect()
    await once(socket, 'message')
    expect(hub.clients).toBe(1)
    socket.close()
    await expect.poll(() => hub.clients).toBe(0)
  })

  test('sends nothing to a socket whose key ends while it is let in', async () => {
    const { hub, connect } = await serve({ endsAfterLookUp: true })
    const socket = connect()
    let messages = 0
    socket.addEventListener('message', () => (messages += 1))
    const [{ code, reason }] = (await once(socket, 'close')) as [CloseEvent]
    expect({ code, reason }).toEqual({ code: 1008, reason: expect.stringContaining('Unknown API key') })
    expect([messages, hub.clients]).toEqual([0, 0])
  })

  test.each([
    ['could not tell for a while', () => Promise.reject(new Error('the store is away'))],
    ['did not answer for a while', () => new Promise<never>(() => undefined)],
  ])('ends a socket whose key another server revokes, also after the store %s', async (_, findNothing) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] })
    const { hub, store, revoke, connect } = await serve()
    const socket = connect()
    await once(socket, 'message')
    const findApiKey = store.findApiKey
    store.findApiKey = findNothing
    await revoke()
    await vi.advanceTimersByTimeAsync(5000)
    expect(hub.clients).toBe(1)

    store.findApiKey = findApiKey
    const closed = once(socket, 'close') as Promise<[CloseEvent]>
    await vi.advanceTimersByTimeAsync(40_000)
    const [{ code, reason }] = await closed
    expect({ code, reason }).toEqual({ code: 1008, reason: 'the key is revoked' })
    expect(hub.clients).toBe(0)
  })

  test('obeys what a socket says before it is greeted', async () => {
    const { connect } = await serve()
    const socket = connect()
    socket.addEventListener('open', () => socket.send('{"type":"dance"}'))
    const [{ code, reason }] = (await once(socket, 'close')) as [CloseEvent]
    expect({ code, reason }).toEqual({ code: 1008, reason: expect.stringContaining('send subscribe, pause or resume') })
  })

  const fromPage = { origin: 'http://localhost:5173' }

  test('tells a page by the socket why it is not let in, and a program by HTTP', async () => {
    const { refusalOf } = await serve()
    expect(await refusalOf(fromPage, { key: 'tlm_sk_wrong' })).toEqual({
      code: 4401,
      reason: expect.stringMatching(/^Unknown API key: /),
    })
    expect(await refusalOf(fromPage, { path: '/ws?project_id=bank' })).toMatchObject({ code: 4404 })
    expect(await refusalOf({}, { key: 'tlm_sk_wrong' })).toEqual({ status: 401 })
    expect(await refusalOf({}, { path: '/ws?project_id=bank' })).toEqual({ status: 404 })
  })

  test.each([
    ['a foreign page', { origin: 'https://evil.example' }, '/ws', 403],
    ['a page at another path', fromPage, '/elsewhere', 404],
  ])('opens no socket to %s', async (_who, headers, path, status) => {
    const { refusalOf } = await serve()
    expect(await refusalOf(headers, { path })).toEqual({ status })
  })

  test('has places for so many and no more, however many come at once', async () => {
    const { hub, store, refusalOf } = await serve({ keysRequired: false })
    const listProjects = store.listProjects
    const asked: (() => void)[] = []
    // Nobody gets an answer before all have asked.
    store.listProjects = async (scope) => {
      await new Promise<void>((resolve) => {
        asked.push(resolve)
        if (asked.length === 8) for (const answer of asked) answer()
      })
      return listProjects(scope)
    }
    const ends: unknown[] = []
    for (let index = 0; index < 8; index += 1) {
      void refusalOf({}, { path: '/ws?project_id=shop', key: 'none' }).then((end) => ends.push(end))
    }
    await expect.poll(() => ends).toEqual([{ status: 503 }, { status: 503 }, { status: 503 }])
    await expect.poll(() => hub.clients).toBe(5)
  })
})
