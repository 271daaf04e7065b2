import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findRunningServer } from './running-server.ts'
import { writeServerFile, type ServerFile } from './server-file.ts'

let home: string
let server: Server
let answer: { status: number; body: unknown }
/** Another process that runs, since nobody takes itself for the server. */
let other: ChildProcess

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'tracellm-home-'))
  answer = { status: 200, body: { name: 'tracellm', version: '0.1.0', storage: { detail: `${home}/spans.db` } } }
  server = createServer((_request, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
})

afterEach(async () => {
  other.kill('SIGKILL')
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(home, { recursive: true })
})

function write(changes: Partial<ServerFile> = {}): ServerFile {
  const file: ServerFile = {
    pid: other.pid!,
    home,
    version: '0.1.0',
    started_at: '2026-11-23T14:02:41.114Z',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    dashboard_url: null,
    otlp_url: null,
    keys_required: false,
    settings: {},
    ...changes,
  }
  writeServerFile(home, file)
  return file
}

describe('findRunningServer', () => {
  test('finds the one that the file names and that answers', async () => {
    const file = write()
    expect(await findRunningServer(home)).toEqual(file)
  })

  test('believes one that tells a stranger nothing of its store', async () => {
    const file = write({ keys_required: true })
    answer.body = { name: 'tracellm', version: '0.1.0', storage: null }
    expect(await findRunningServer(home)).toEqual(file)
  })

  test('finds none without a file', async () => expect(await findRunningServer(home)).toBeUndefined())

  test('takes a file that a crash left behind for none', async () => {
    write()
    other.kill('SIGKILL')
    await once(other, 'exit')
    expect(await findRunningServer(home)).toBeUndefined()
  })

  test('is never this process, which in a container has the id of the one before', async () => {
    write({ pid: process.pid })
    expect(await findRunningServer(home)).toBeUndefined()
  })

  test.each([
    ['another program', { status: 200, body: { hello: 'world' } }],
    ['an error', { status: 500, body: {} }],
    ['another version', { status: 200, body: { name: 'tracellm', version: '0.2.0' } }],
    [
      'a server of another home',
      { status: 200, body: { name: 'tracellm', version: '0.1.0', storage: { detail: '/b' } } },
    ],
  ])('is not fooled by %s at its address', async (_what, said) => {
    write()
    answer = said
    expect(await findRunningServer(home)).toBeUndefined()
  })

  test('finds none where nobody answers', async () => {
    write({ url: 'http://127.0.0.1:1' })
    expect(await findRunningServer(home)).toBeUndefined()
  })
})
