import { readdirSync } from 'node:fs'
import { createClient } from '@tracellm/client'
import type { ApiKeyJson, ApiKeyWithSecretJson } from '@tracellm/core/wire'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runTracellm, startTracellm, TemporaryHome } from '../start-tracellm.ts'

let home: TemporaryHome

beforeEach(() => {
  home = new TemporaryHome()
})

afterEach(() => home[Symbol.dispose]())

function keys(args: readonly string[], env: Record<string, string> = {}) {
  return runTracellm(['keys', ...args], { home: home.path, env })
}

async function make(...args: string[]): Promise<ApiKeyWithSecretJson> {
  const { code, stdout, stderr } = await keys(['create', '--json', ...args])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

async function list(...args: string[]): Promise<ApiKeyJson[]> {
  const { stdout } = await keys(['list', '--json', ...args])
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

describe.each(['without a server', 'with a server'])('tracellm keys, %s', (where) => {
  async function serving() {
    return where === 'with a server' ? startTracellm({ home: home.path }) : undefined
  }

  test('shows a key once, and keeps of it what tells it apart', async () => {
    await using _ = await serving()
    const made = await make()
    expect(made).toMatchObject({
      project_id: 'default',
      environment: null,
      scopes: ['ingest', 'read'],
      expires_at: null,
    })
    expect(made.key).toMatch(/^tlm_sk_[0-9A-Za-z]{32}$/)

    const shown = await keys(['list'])
    expect(shown.stdout).toContain(made.prefix)
    expect(shown.stdout).not.toContain(made.key)
    expect(await list()).toMatchObject([{ key_id: made.key_id, last_used_at: null }])
  })

  test('makes the project of a key, and the key as it is wanted', async () => {
    await using _ = await serving()
    const made = await make(
      '--project',
      'Shop Agent',
      '--create-project',
      '--environment',
      'prod',
      '--scopes',
      'ingest',
      '--expires',
      '90d',
    )
    expect(made).toMatchObject({ project_id: 'shop-agent', environment: 'prod', scopes: ['ingest'] })
    expect(Date.parse(made.expires_at!)).toBeGreaterThan(Date.now())

    const good = (await list('--project', 'Shop Agent')).filter((key) => key.revoked_at === null)
    expect(good.map((key) => key.key_id)).toEqual([made.key_id])
  })

  test('makes no project that nobody asked for', async () => {
    await using _ = await serving()
    await make()
    const { code, stdout, stderr } = await keys(['create', '--project', 'defautl', '--scopes', 'ingest'])

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('TL_PROJECT_NOT_FOUND')
    expect(stderr).toContain('There is no project defautl. Did you mean default?')
    expect(stderr).toContain('keys create --project defautl --scopes ingest --create-project --home ~`')
    const { projects } = JSON.parse((await runTracellm(['status', '--json'], { home: home.path })).stdout)
    expect(projects).toMatchObject([{ project_id: 'default' }])
  })

  test('ends a key', async () => {
    await using _ = await serving()
    const made = await make()
    const { code, stdout } = await keys(['revoke', made.key_id])

    expect({ code, stdout }).toEqual({ code: 0, stdout: `✓ Revoked ${made.key_id}\n` })
    expect((await keys(['list'])).stdout).toContain('revoked')
  })
})

describe('a mistake', () => {
  test.each([
    [['revoke', 'key_none'], 1, 'TL_KEY_NOT_FOUND'],
    [['revoke'], 2, 'Which key?'],
    [['create', '--scopes', 'write'], 2, 'There is no scope write'],
    [['create', '--project', '!'], 2, '"!" is no name of a project'],
    [['create', '--expires', 'soon'], 2, '--expires is "soon"'],
    [['remove'], 2, 'There is no keys remove.'],
    [[], 2, 'What about keys: create, list or revoke?'],
  ])('%j fails and says why', async (args, expected, reason) => {
    const { code, stdout, stderr } = await keys(args)
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
    expect(stderr).toContain(reason)
  })
})

test('a key for a project in a folder that is not there makes none', async () => {
  const { code, stderr } = await keys(['create', '--project', 'shop', '--home', 'mistyped'])
  expect(code).toBe(1)
  expect(stderr).toContain('TL_HOME_NOT_FOUND')
  expect(readdirSync(home.path)).toEqual([])
})

describe('a key of the whole instance', () => {
  test('is made on the machine while no server runs, and manages a server that asks for keys', async () => {
    const instance = await make('--instance', '--scopes', 'admin')
    expect(instance.project_id).toBeNull()
    await using server = await startTracellm({ home: home.path, args: ['--host', '0.0.0.0'] })

    const refused = await keys(['create'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('TL_KEY_REQUIRED')
    const made = await keys(['create', '--json'], { TRACELLM_API_KEY: instance.key })
    const { key } = JSON.parse(made.stdout)
    expect(await createClient({ baseUrl: server.url, key }).sendTraces({ name: 'let in' })).toMatchObject({
      traces: [{ span_count: 1 }],
    })
  })

  test('is refused while a server runs', async () => {
    await using _ = await startTracellm({ home: home.path })
    const { code, stderr } = await keys(['create', '--instance'])

    expect(code).toBe(1)
    expect(stderr).toContain('TL_STORE_LOCKED')
    expect(stderr).toContain('stop it, make the key, and start it again')
  })
})

describe('a server that asks for keys', () => {
  test('lists them to its owner, who may read the folder', async () => {
    const made = await make()
    await using _ = await startTracellm({ home: home.path, args: ['--host', '0.0.0.0'] })

    expect(await list()).toMatchObject([{ key_id: made.key_id }])
  })
})
