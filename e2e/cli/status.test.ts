import { readdirSync } from 'node:fs'
import { createClient } from '@tracellm/client'
import type { HealthJson, RecentRequestJson } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { runTracellm, startTracellm, TemporaryHome } from '../start-tracellm.ts'

interface StatusJson {
  readonly home: string
  readonly server: { readonly pid: number; readonly url: string } | null
  readonly health: HealthJson
  readonly projects: readonly { readonly project_id: string }[]
  readonly refused: readonly RecentRequestJson[]
}

describe('tracellm status', () => {
  test('says what runs, what it holds, and what it turned away and why', async () => {
    await using server = await startTracellm()
    const client = createClient({ baseUrl: server.url })
    await client.sendTraces({ trace_id: 'a91f3c0123456789abcdef01234577e2', name: 'once' })
    await client.sendTraces({ trace_id: 'a91f3c0123456789abcdef01234577e2', name: 'once' })
    await fetch(`${server.url}/v1/traces`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' })
    const { code, stdout } = await runTracellm(['status'], { home: server.home })

    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^● Running {3}\\S+ · process ${server.pid} · up `))
    for (const url of [server.url, server.dashboardUrl, server.otlpUrl]) expect(stdout).toContain(url)
    expect(stdout).toMatch(/^Traces +1$/m)
    expect(stdout).toMatch(/^Projects +default$/m)
    expect(stdout).toMatch(/^Refused requests +1$/m)
    expect(stdout).toMatch(/^ {2}unsupported type +1$/m)
    expect(stdout).toMatch(/415 {2}POST \/v1\/traces/)
  })

  test('gives the same to programs', async () => {
    await using server = await startTracellm()
    const { stdout } = await runTracellm(['status', '--json'], { home: server.home })
    const status: StatusJson = JSON.parse(stdout)

    expect(stdout.trimEnd()).not.toContain('\n')
    expect(status).toMatchObject({
      home: server.home,
      server: { pid: server.pid, url: server.url },
      health: { name: 'tracellm', status: 'ok', ingest: { received_spans: 0 } },
      projects: [],
      refused: [],
    })
  })

  test('without a server tells what the folder holds', async () => {
    using home = new TemporaryHome()
    const server = await startTracellm({ home: home.path })
    await createClient({ baseUrl: server.url }).sendTraces({ name: 'kept', prompt: 'Hello' })
    await server.stop()
    const { code, stdout } = await runTracellm(['status'], { home: home.path })
    const status: StatusJson = JSON.parse((await runTracellm(['status', '--json'], { home: home.path })).stdout)

    expect(code).toBe(0)
    expect(stdout).toMatch(/^▲ No server runs {3}reading ~$/m)
    expect(stdout).toMatch(/(tracellm(\.js)?|npm) start (-- )?--home ~$/m)
    expect(stdout).toMatch(/^Spans +1$/m)
    expect(status).toMatchObject({ server: null, health: { storage: { traces: 1, spans: 1 }, ingest: null } })
  })

  test('of a server that asks for keys tells its owner what the folder holds', async () => {
    using home = new TemporaryHome()
    const made = await runTracellm(['keys', 'create', '--json'], { home: home.path })
    await using server = await startTracellm({ home: home.path, args: ['--host', '0.0.0.0'] })
    await createClient({ baseUrl: server.url, key: JSON.parse(made.stdout).key }).sendTraces({ name: 'kept' })
    const { code, stdout } = await runTracellm(['status'], { home: home.path })

    expect(code).toBe(0)
    expect(stdout).toContain('● Running')
    expect(stdout).toMatch(/^Traces +1$/m)
  })

  test.each([[['status']], [['status', '--json']], [['traces']], [['keys', 'list']], [['keys', 'revoke', 'key_x']]])(
    'of a folder that is not there says so, and makes none: %j',
    async (args) => {
      using home = new TemporaryHome()
      const { code, stdout, stderr } = await runTracellm([...args, '--home', 'mistyped'], { home: home.path })

      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain('TL_HOME_NOT_FOUND')
      expect(stderr).toContain(`There is no folder ${home.path}/mistyped`)
      expect(stderr).toMatch(/`.*(tracellm(\.js)?|npm) start (-- )?--home ~\/mistyped`/)
      expect(readdirSync(home.path)).toEqual([])
    },
  )

  test('believes no file that a crash left behind', async () => {
    using home = new TemporaryHome()
    await using server = await startTracellm({ home: home.path })
    await server.kill()
    const { stdout } = await runTracellm(['status'], { home: home.path })

    expect(stdout).toContain('No server runs')
  })
})
