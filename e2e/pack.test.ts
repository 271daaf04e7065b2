import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@tracellm/client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const repository = join(import.meta.dirname, '..')
const run = promisify(execFile)

/** The Node that runs the tests comes first, as `npm start` has it. */
const env = { ...process.env, PATH: dirname(process.execPath) + delimiter + process.env['PATH'] }

/** An empty project in a folder whose name needs quoting. */
let folder: string
let home: string
let packed: readonly string[]

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'tracellm-pack-')), 'a folder')
  home = join(folder, 'home')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const pack = ['pack', '--workspace', 'tracellm', '--pack-destination', folder, '--json']
  const { stdout } = await run('npm', pack, { cwd: repository, env, maxBuffer: 64 * 1024 * 1024 })
  const [report] = JSON.parse(stdout.slice(stdout.indexOf('[\n')))
  packed = report.files.map(({ path }: { path: string }) => path)
  await run('npm', ['install', '--offline', `./${report.filename}`], { cwd: folder, env })
}, 300_000)

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }))

/** `npx tracellm start`, as a user types it; stopped by the process that it names. */
async function start() {
  const flags = ['--port', '0', '--dashboard-port', '0', '--otlp-port', '0', '--no-open', '--home', home]
  const npx = spawn('npx', ['--offline', 'tracellm', 'start', ...flags], { cwd: folder, env, stdio: 'ignore' })
  const file = join(home, 'server.json')
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 60_000, interval: 50 })
  const server: { pid: number; url: string; dashboard_url: string; otlp_url: string } = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return {
    ...server,
    async stop() {
      const closed = once(npx, 'close')
      process.kill(server.pid)
      await closed
      return npx.exitCode
    },
  }
}

describe('the package', () => {
  test('holds everything it needs, built, and says whose it is', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'bin/tracellm.js',
        'dist/dashboard/index.html',
        'dist/licenses.txt',
        'dist/main.js',
        'package.json',
      ]),
    )
    expect(packed.filter((path) => path.endsWith('.ts') || path.endsWith('.tsx'))).toEqual([])
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['tracellm'])
  })

  test('takes a span in, shows it, serves the dashboard and stops', async () => {
    const server = await start()
    const sent = await fetch(`${server.otlp_url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span()] }] }] }),
    })
    expect(await sent.json()).toEqual({})
    const client = createClient({ baseUrl: server.url })
    expect(await client.listTraces()).toMatchObject({ items: [{ name: 'installed' }], total: 1 })

    for (const url of [server.url, server.dashboard_url]) {
      const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text()
      const scripts = Array.from(page.matchAll(/<script[^>]* src="([^"]+)"/g), ([, source]) => source!)
      expect(scripts.length).toBeGreaterThan(0)
      for (const source of scripts) {
        const script = await fetch(new URL(source, url))
        expect(script.headers.get('content-type')).toMatch(/^text\/javascript/)
      }
    }
    expect(await server.stop()).toBe(0)

    const { stdout } = await run('npx', ['--offline', 'tracellm', 'traces', '--home', home, '--json'], {
      cwd: folder,
      env,
    })
    expect(JSON.parse(stdout)).toMatchObject({ name: 'installed' })
  })

  test('loads for --help nothing but help', async () => {
    const { stdout } = await run('npx', ['--offline', 'tracellm', '--help'], { cwd: folder, env })
    expect(stdout).toContain('tracellm traces')
    const main = readFileSync(join(folder, 'node_modules/tracellm/dist/main.js'), 'utf8')
    for (const heavy of ['ZodError', 'Hono', 'node:sqlite', 'WebSocketServer']) expect(main).not.toContain(heavy)
  })
})

function span() {
  const startMs = Date.now()
  return {
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: 'eee19b7ec3c1b174',
    name: 'installed',
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${startMs + 10}000000`,
  }
}
