import { once } from 'node:events'
import type { LiveFrameJson } from '@tracellm/core/wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTracellm, type RunningTracellm } from '../start-tracellm.ts'

let server: RunningTracellm

beforeAll(async () => {
  server = await startTracellm()
})

afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
})

interface MadeKey {
  readonly key_id: string
  readonly key: string
}

async function send(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  })
  expect(answer.ok).toBe(true)
  return answer.json()
}

async function makeProject(name: string): Promise<MadeKey> {
  const made = (await send('POST', `/projects?name=${name}`)) as { api_key: MadeKey }
  return made.api_key
}

const sendTrace = (projectName: string) => send('POST', '/traces', { name: 'late' }, { 'x-project-name': projectName })

/** A socket that was greeted, what came after the greeting, and how it ends. */
async function listen(key?: string) {
  const protocols = key === undefined ? ['tracellm'] : ['tracellm', `key.${key}`]
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, protocols)
  const heard: LiveFrameJson = []
  const closed = once(socket, 'close') as Promise<[CloseEvent]>
  await once(socket, 'message')
  socket.addEventListener('message', ({ data }) => heard.push(...(JSON.parse(String(data)) as LiveFrameJson)))
  return { socket, heard, end: closed.then(([{ code, reason }]) => ({ code, reason })) }
}

describe('a socket ends with its key', () => {
  test('when the key is revoked', async () => {
    const { key, key_id: keyId } = await makeProject('revoked')
    const { heard, end } = await listen(key)
    await send('DELETE', `/api-keys/${keyId}`)
    await sendTrace('revoked')
    expect(await end).toEqual({ code: 1008, reason: 'the key is revoked' })
    expect(heard).toEqual([])
  })

  test('when the key has expired', async () => {
    await makeProject('short')
    const expiresAt = new Date(Date.now() + 2000).toISOString()
    const { key } = (await send('POST', '/api-keys', { project_id: 'short', expires_at: expiresAt })) as MadeKey
    const { heard, end } = await listen(key)
    expect(await end).toEqual({ code: 1008, reason: 'the key has expired' })
    await sendTrace('short')
    expect(heard).toEqual([])
  })

  test('when its project is deleted, and hears nothing of another of that name', async () => {
    const { key } = await makeProject('again')
    const { heard, end } = await listen(key)
    await send('DELETE', '/projects/again')
    await sendTrace('again')
    expect(await end).toEqual({ code: 1008, reason: 'the project of the key is deleted' })
    expect(heard).toEqual([])
  })

  test('and no other socket does', async () => {
    const { key_id: keyId } = await makeProject('one')
    const { key } = await makeProject('other')
    const sockets = [await listen(key), await listen()]
    await send('DELETE', `/api-keys/${keyId}`)
    await send('DELETE', '/projects/one')
    await sendTrace('other')
    for (const { heard } of sockets) await expect.poll(() => heard.length).toBeGreaterThan(0)
    for (const { socket } of sockets) socket.close()
  })
})
