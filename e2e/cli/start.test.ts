import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type ClientRequest } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { createClient } from '@tracellm/client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { runTracellm, spawnTracellm, startTracellm, TemporaryHome, type RunningTracellm } from '../start-tracellm.ts'

let home: TemporaryHome
const listeners: Server[] = []

beforeEach(() => {
  home = new TemporaryHome()
})

afterEach(async () => {
  for (const server of listeners.splice(0)) await new Promise((resolve) => server.close(resolve))
  home[Symbol.dispose]()
})

/** A port that another program holds. */
async function takenPort(): Promise<number> {
  const server = createServer((socket) => socket.destroy())
  listeners.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

describe('the first screen', () => {
  test('has a line that sends a first trace', async () => {
    await using server = await startTracellm()
    const line = /^ {2}(curl .*)$/m.exec(server.stdout)?.[1] ?? ''
    await promisify(execFile)('sh', ['-c', line])

    const { items } = await createClient({ baseUrl: server.url }).listTraces()
    expect(items).toMatchObject([{ prompt: 'Are you there?', response: 'Yes.', status: 'success' }])
    expect((await runTracellm(['traces'], { home: server.home })).stdout).toMatch(/Are you there\? +Yes\./)
  })

  test('says where it listens and where data lies, without colours in a pipe', async () => {
    await using server = await startTracellm()

    expect(server.stdout).toContain(`API        ${server.url}`)
    expect(server.stdout).toContain(`OTLP       ${server.otlpUrl}`)
    expect(server.stdout).toMatch(/^ {2}Data {7}~ +new$/m)
    expect(server.stdout).not.toContain('\u001b')
    expect(server.stderr).toBe('')
  })

  test('tells what the folder holds when there is something', async () => {
    await using first = await startTracellm({ home: home.path })
    await createClient({ baseUrl: first.url }).sendTraces({ name: 'kept' })
    await first.stop()
    await using second = await startTracellm({ home: home.path })

    expect(second.stdout).toMatch(/^ {2}Data {7}~ +1 trace, 1 span, /m)
  })
})

describe('ports', () => {
  let server: RunningTracellm

  beforeAll(async () => {
    server = await startTracellm()
  })

  afterAll(() => server[Symbol.asyncDispose]())

  test('the main one and that of the dashboard serve the same', async () => {
    for (const url of [server.url, server.dashboardUrl!]) {
      expect(await createClient({ baseUrl: url }).readHealth()).toMatchObject({ name: 'tracellm', status: 'ok' })
    }
  })

  test('that of OTLP takes OTLP and nothing else', async () => {
    const send = await fetch(`${server.otlpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })

    expect(send.status).toBe(200)
    expect((await fetch(`${server.otlpUrl}/traces`)).status).toBe(404)
    const socket = new WebSocket(`${server.otlpUrl!.replace('http', 'ws')}/ws`)
    await once(socket, 'error')
  })

  test.runIf(hasIpv6())('are open on both loopback addresses', async () => {
    const { port } = new URL(server.url)
    for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
      expect((await fetch(`http://${host}:${port}/`)).status).toBe(200)
    }
  })

  test('can be left out', async () => {
    await using other = await startTracellm({ args: ['--dashboard-port', 'off', '--otlp-port', 'off'] })

    expect(other.otlpUrl).toBeUndefined()
    expect(other.dashboardUrl).toBeUndefined()
    expect(other.stdout).not.toContain('OTLP  ')
  })

  test('may be one and the same', async () => {
    const port = await takenPort()
    await new Promise((resolve) => listeners.pop()!.close(resolve))
    await using other = await startTracellm({ args: ['--port', String(port), '--otlp-port', String(port)] })

    expect(other.otlpUrl).toBe(other.url)
    expect(other.stdout).not.toContain('is taken')
  })

  test('a taken one that is not the main one is skipped with a word', async () => {
    const port = await takenPort()
    await using other = await startTracellm({ args: ['--otlp-port', String(port)] })

    expect(other.stdout).toContain(`Port ${port} is taken, so there is no OTLP on it.`)
    expect(other.otlpUrl).toBeUndefined()
    expect((await fetch(other.url)).status).toBe(200)
  })

  test('a taken main one is an error that names a free one', async () => {
    const port = await takenPort()
    const { code, stdout, stderr } = await runTracellm(['start', '--port', String(port)], { home: home.path })

    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('TL_PORT_TAKEN')
    expect(stderr).toContain(`127.0.0.1:${port}; it is no TraceLLM server.`)
    expect(stderr).toMatch(/Use another port: `.*(tracellm(\.js)?|npm) start (-- )?--port \d+ --home ~`/)
  })

  test('a main one that another TraceLLM server holds is told apart', async () => {
    const { port } = new URL(server.url)
    const { code, stderr } = await runTracellm(['start', '--port', port], { home: home.path })

    expect(code).toBe(1)
    expect(stderr).toContain(`A TraceLLM server of another home listens on port ${port}`)
  })
})

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s stops it, and nothing is left behind', async (signal) => {
    await using server = await startTracellm({ home: home.path })

    expect(await server.stop(signal)).toBe(0)
    expect(server.stdout).toMatch(/Stopping\.\n$/)
    expect(existsSync(join(home.path, 'server.json'))).toBe(false)
    await using again = await startTracellm({ home: home.path })
    expect((await fetch(again.url)).status).toBe(200)
  })

  test('lets a request in flight finish', async () => {
    await using server = await startTracellm()
    const sending = httpRequest(`${server.url}/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '16' },
    })
    sending.write('{"name":')
    await vi.waitFor(() => expect(sending.socket?.connecting).toBe(false))
    const stopped = server.stop()
    await vi.waitFor(() => expect(server.stdout).toContain('Stopping.'), { timeout: 20_000 })
    sending.end('"late"}\n')

    const [response] = await once(sending, 'response')
    expect(response.statusCode).toBe(201)
    expect(await stopped).toBe(0)
  })

  test('a socket that listens does not hold it', async () => {
    await using server = await startTracellm()
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`)
    await once(socket, 'open')
    const closed = once(socket, 'close')

    expect(await server.stop()).toBe(0)
    await closed
  })

  test('a second signal ends it at once, whatever it waits for', async () => {
    await using server = await startTracellm()
    const hanging = await hangingRequest(`${server.url}/traces`)
    process.kill(server.pid, 'SIGINT')
    await vi.waitFor(() => expect(server.stdout).toContain('Stopping.'), { timeout: 20_000 })
    // Those that come close after the first are taken for the same: one is sent again and again until it counts.
    const again = setInterval(() => void server.stop('SIGINT'), 200)
    const code = await server.stop('SIGINT').finally(() => clearInterval(again))

    expect(code).toBe(130)
    hanging.destroy()
  })

  test('a signal that comes twice, as npm hands Ctrl-C on, is one', async () => {
    await using server = await startTracellm()
    process.kill(server.pid, 'SIGINT')

    expect(await server.stop('SIGINT')).toBe(0)
  })

  test('requests that never end do not hold it, on however many ports', async () => {
    await using server = await startTracellm()
    const urls = [`${server.url}/traces`, `${server.dashboardUrl}/traces`, `${server.otlpUrl}/v1/traces`]
    const hanging = await Promise.all(urls.map(hangingRequest))

    expect(await server.stop()).toBe(0)
    for (const request of hanging) request.destroy()
  })
})

/** A request whose body never comes. */
async function hangingRequest(url: string): Promise<ClientRequest> {
  const headers = { 'content-type': 'application/json', 'content-length': '100' }
  const hanging = httpRequest(url, { method: 'POST', headers })
  hanging.on('error', () => undefined)
  hanging.write('{')
  await vi.waitFor(() => expect(hanging.socket?.connecting).toBe(false))
  return hanging
}

describe('a second start on one home', () => {
  test('says where the first listens', async () => {
    await using server = await startTracellm({ home: home.path })
    const { code, stdout } = await runTracellm(['start'], { home: home.path })

    expect(code).toBe(0)
    expect(stdout).toContain('It runs already')
    expect(stdout).toContain(server.url)
  })

  test('is content with flags that are in force, and port 0', async () => {
    await using server = await startTracellm({ home: home.path })
    const { port } = new URL(server.url)

    for (const flags of [
      ['--port', port],
      ['--port', '0'],
      ['--log-level', 'info', '--no-open'],
    ]) {
      expect((await runTracellm(['start', ...flags], { home: home.path })).code).toBe(0)
    }
  })

  test('fails where flags or variables differ, and says which', async () => {
    await using server = await startTracellm({ home: home.path })
    const { port } = new URL(server.url)
    const flag = await runTracellm(['start', '--port', '1'], { home: home.path })
    const variable = await runTracellm(['start'], { home: home.path, env: { TRACELLM_LOG_LEVEL: 'debug' } })

    expect([flag.code, variable.code]).toEqual([1, 1])
    expect(flag.stderr.replaceAll(/\s+/g, ' ')).toContain(`with port ${port}, not 1.`)
    expect(variable.stderr.replaceAll(/\s+/g, ' ')).toContain('log-level info, not debug')
    expect((await fetch(server.url)).status).toBe(200)
  })

  test('after a crash starts anew, whatever the crash left behind', async () => {
    await using crashed = await startTracellm({ home: home.path })
    await crashed.kill()
    expect(existsSync(join(home.path, 'server.json'))).toBe(true)
    await using server = await startTracellm({ home: home.path })

    expect((await fetch(server.url)).status).toBe(200)
  })

  test('of several at the same time one runs, and the others say where', async () => {
    const flags = ['start', '--port', '0', '--dashboard-port', 'off', '--otlp-port', 'off']
    const processes = [1, 2, 3].map(() => spawnTracellm(flags, { home: home.path }))
    const outputs = processes.map((child) => text(child.stdout))
    const exits = processes.map((child) => once(child, 'exit'))
    await vi.waitFor(() => expect(processes.filter(({ exitCode }) => exitCode === 0)).toHaveLength(2), {
      timeout: 30_000,
    })
    const winner = processes.findIndex(({ exitCode }) => exitCode === null)
    processes[winner]!.kill()
    await Promise.all(exits)

    const screens = await Promise.all(outputs)
    const url = /API +(\S+)/.exec(screens[winner]!)?.[1]
    for (const screen of screens) expect(screen).toContain(`API        ${url}`)
  })
})

describe('a folder that cannot be used', () => {
  test('is one clear error', async () => {
    const file = join(home.path, 'file')
    writeFileSync(file, '')
    const { code, stderr } = await runTracellm(['start', '--home', join(file, 'below')], { home: home.path })

    expect(code).toBe(1)
    expect(stderr).toContain('TL_STORE_UNWRITABLE')
    expect(stderr).toContain('file is a file, not a folder.')
    expect(stderr).not.toMatch(/^ +at /m)
  })

  test.runIf(existsSync('/proc/self'))('ends where the system makes no folders', async () => {
    const { code, stderr } = await runTracellm(['start', '--home', '/proc/nope/below'], { home: home.path })

    expect(code).toBe(1)
    expect(stderr).toContain('TL_STORE_UNWRITABLE')
    expect(stderr).toContain('/proc/nope: ENOENT')
  })

  test.each([
    ['start', 'TL_STORE_UNWRITABLE'],
    ['status', 'TL_HOME_NOT_FOUND'],
    ['traces', 'TL_HOME_NOT_FOUND'],
  ])('%s says so of a link that leads to itself', async (command, error) => {
    symlinkSync('loop', join(home.path, 'loop'))
    const { code, stdout, stderr } = await runTracellm([command, '--home', 'loop'], { home: home.path })

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(error)
    expect(stderr).toContain('is a symbolic link that leads nowhere.')
  })
})

describe('settings', () => {
  test('come from the file too, and are told with their origin', async () => {
    writeFileSync(join(home.path, 'config.json'), '{ "allowed_hosts": ["traces.example"], "port": 1 }')
    await using server = await startTracellm({ home: home.path, env: { TRACELLM_MAX_BODY_BYTES: '1000' } })
    const { items } = await createClient({ baseUrl: server.url }).readSettings()

    const told = Object.fromEntries(items.map(({ name, value, source }) => [name, `${String(value)} (${source})`]))
    expect(told).toMatchObject({
      'allowed-hosts': 'traces.example (file)',
      'max-body-bytes': '1000 (variable)',
      host: 'localhost (default)',
      port: '0 (flag)',
    })
  })

  test.each([
    ['{ "prot": 9000 }', 'has prot, which is no setting. Did you mean port?'],
    ['{ "port": "high" }', '"port" in ~/config.json is "high"'],
    ['{ port', 'config.json is no JSON'],
    ['[]', 'config.json is no JSON object'],
  ])('a file of %s is an error', async (written, reason) => {
    writeFileSync(join(home.path, 'config.json'), written)
    const { code, stderr } = await runTracellm(['start'], { home: home.path })

    expect(code).toBe(1)
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(reason)
    expect(readFileSync(join(home.path, 'config.json'), 'utf8')).toBe(written)
  })

  test('an unknown flag is an error of usage', async () => {
    const { code, stderr } = await runTracellm(['start', '--prot', '1'], { home: home.path })

    expect(code).toBe(2)
    expect(stderr).toContain('There is no option --prot. Did you mean --port?')
  })
})

describe('beyond this machine', () => {
  test('it refuses to listen while there is no key', async () => {
    const { code, stderr } = await runTracellm(['start', '--host', '0.0.0.0', '--port', '0'], { home: home.path })

    expect(code).toBe(1)
    expect(stderr).toContain('TL_AUTH_REQUIRED_TO_BIND')
  })

  test('what it says to do can be copied, whatever the home is called', async () => {
    // Without a `tracellm` on the path, as where a clone is run by hand.
    const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, TRACELLM_HOME: '' }
    const start = ['start', '--home', "Anna's traces", '--host', '0.0.0.0', '--port', '0']
    const refused = await runTracellm(start, { home: home.path, env })
    const advised = /`(.+ keys create .+)`/.exec(refused.stderr)?.[1] ?? ''
    await promisify(execFile)('sh', ['-c', advised], { cwd: '/', env: { ...env, HOME: home.path } })
    const child = spawnTracellm([...start, '--dashboard-port', 'off', '--otlp-port', 'off'], { home: home.path, env })
    const [screen] = await once(child.stdout, 'data')
    child.kill()

    expect(String(screen)).toContain("~/Anna's traces")
    expect(refused.code).toBe(1)
  })

  test('with a key it listens, and lets nobody in without', async () => {
    const made = await runTracellm(['keys', 'create', '--json'], { home: home.path })
    const { key } = JSON.parse(made.stdout)
    await using server = await startTracellm({ home: home.path, args: ['--host', '0.0.0.0'] })

    await expect(createClient({ baseUrl: server.url }).listTraces()).rejects.toMatchObject({ code: 'TL_KEY_REQUIRED' })
    expect(await createClient({ baseUrl: server.url, key }).listTraces()).toMatchObject({ items: [] })
    expect(server.stdout).toContain('-H "Authorization: Bearer $TRACELLM_API_KEY"')
  })

  test('a revoked key is none', async () => {
    const made = await runTracellm(['keys', 'create', '--json'], { home: home.path })
    await runTracellm(['keys', 'revoke', JSON.parse(made.stdout).key_id], { home: home.path })
    const { code, stderr } = await runTracellm(['start', '--host', '0.0.0.0', '--port', '0'], { home: home.path })

    expect(code).toBe(1)
    expect(stderr).toContain('TL_AUTH_REQUIRED_TO_BIND')
  })
})

describe('the browser', () => {
  test('is left alone unless a terminal is there', async () => {
    const browser = join(home.path, 'xdg-open')
    writeFileSync(browser, `#!/bin/sh\ntouch ${home.path}/opened\n`, { mode: 0o755 })
    const env = { DISPLAY: ':0', PATH: `${home.path}:${process.env['PATH']}` }
    await using server = await startTracellm({ home: home.path, env, args: ['--open'] })
    await server.stop()

    expect(existsSync(join(home.path, 'opened'))).toBe(false)
  })
})

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'))
}
