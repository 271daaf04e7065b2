import { apiKeyListJson, createdProjectJson, projectListJson } from '@tracellm/core/wire'
import type { KeyScope } from '@tracellm/store'
import { openMemoryStore } from '@tracellm/store/memory'
import type { ProjectId } from '@tracellm/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { makeKey } from '../access/make-key.ts'
import { ask, sampleApp, sampleNowUs, sending } from '../sample-app.ts'

let store = openMemoryStore({ clock: () => sampleNowUs })
let app = sampleApp(store)
beforeEach(() => {
  store = openMemoryStore({ clock: () => sampleNowUs })
  app = sampleApp(store)
})

const bearing = (key: string) => ({ authorization: `Bearer ${key}` })
const post = (path: string, body: object, headers = {}) => ask(app, path, sending('POST', body, headers))

/** A project with a key of its own, made as a user would. */
async function makeProject(name: string, headers = {}): Promise<{ projectId: string; key: string; keyId: string }> {
  const { body } = await post('/projects', { name }, headers)
  return { projectId: body.project.project_id, key: body.api_key.key, keyId: body.api_key.key_id }
}

/** A key with the scopes given, straight into the store. */
async function plantKey(scopes: KeyScope[], projectId?: string, environment?: string): Promise<string> {
  const made = makeKey({ projectId: projectId as ProjectId | undefined, environment, scopes, createdUs: sampleNowUs })
  await store.createApiKey(made.stored)
  return made.key
}

describe('POST /projects', () => {
  test.each([
    ['in the query', '/projects?name=My%20Shop&environment=prod&description=Parcels', { method: 'POST' }],
    ['as JSON', '/projects', sending('POST', { name: 'My Shop', environment: 'prod', description: 'Parcels' })],
  ])('makes a project and a key, described %s', async (_, path, init) => {
    const { status, body } = await ask(app, path, init)
    expect(status).toBe(201)
    expect(createdProjectJson.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      project: {
        project_id: 'my-shop',
        name: 'My Shop',
        description: 'Parcels',
        created_at: '2024-02-03T12:00:00.000000Z',
      },
      api_key: {
        key: expect.stringMatching(/^tlm_sk_[0-9A-Za-z]{32}$/),
        project_id: 'my-shop',
        environment: 'prod',
        scopes: ['ingest', 'read'],
      },
    })
  })

  test('the key opens the project at once', async () => {
    const { key } = await makeProject('shop')
    const { body } = await ask(sampleApp(store, { keysRequired: true }), '/projects', { headers: bearing(key) })
    expect(body.items.map((project: { project_id: string }) => project.project_id)).toEqual(['shop'])
  })

  test.each([
    [{ name: 'shop' }, 409, 'TL_PROJECT_EXISTS'],
    [{ name: '  ' }, 400, 'TL_BAD_PARAMETER'],
    [{ name: '.' }, 400, 'TL_BAD_PARAMETER'],
    [{ name: '..' }, 400, 'TL_BAD_PARAMETER'],
    [{ name: '_' }, 400, 'TL_BAD_PARAMETER'],
    [{ name: '../..' }, 400, 'TL_BAD_PARAMETER'],
    [{}, 400, 'TL_BAD_PARAMETER'],
    [{ name: 'a', colour: 'red' }, 400, 'TL_BAD_BODY'],
  ])('%j is refused', async (input, expected, code) => {
    await makeProject('shop')
    const { status, body } = await post('/projects', input)
    expect({ status, code: body.code }).toEqual({ status: expected, code })
  })

  test('takes a key of the whole instance, where keys are needed', async () => {
    const closed = sampleApp(store, { keysRequired: true })
    const { key } = await makeProject('shop')
    const admin = await plantKey(['admin'])
    const asking = (headers: Record<string, string>) =>
      ask(closed, '/projects', sending('POST', { name: 'bank' }, headers))
    expect((await asking({})).body.code).toBe('TL_KEY_REQUIRED')
    expect((await asking(bearing(key))).body.code).toBe('TL_SCOPE_MISSING')
    expect((await asking(bearing(await plantKey(['ingest', 'read', 'admin'], 'shop')))).body.code).toBe(
      'TL_SCOPE_MISSING',
    )
    expect((await asking(bearing(admin))).status).toBe(201)
  })
})

describe('GET /projects', () => {
  test('lists all without a key, in pages', async () => {
    await makeProject('shop')
    await makeProject('bank')
    const { body } = await ask(app, '/projects')
    expect(projectListJson.parse(body)).toEqual(body)
    expect(body.items.map((project: { name: string }) => project.name).toSorted()).toEqual(['bank', 'shop'])
    expect((await ask(app, '/projects?limit=1')).body.next_cursor).not.toBeNull()
  })
})

/** @returns the code of the error, where there is one. */
async function remove(projectId: string, key: string): Promise<string | undefined> {
  return (await ask(app, `/projects/${projectId}`, { method: 'DELETE', headers: bearing(key) })).body.code
}

describe('DELETE /projects/{project_id}', () => {
  test('deletes the project and its keys', async () => {
    const { key } = await makeProject('shop')
    expect((await ask(app, '/projects/shop', { method: 'DELETE' })).status).toBe(200)
    expect((await ask(app, '/projects')).body.items).toEqual([])
    expect((await ask(app, '/projects', { headers: bearing(key) })).body.code).toBe('TL_KEY_UNKNOWN')
    expect((await ask(app, '/projects/shop', { method: 'DELETE' })).body.code).toBe('TL_PROJECT_NOT_FOUND')
  })

  test('a key deletes its own project only, and none when it sees one environment of it', async () => {
    await makeProject('shop')
    await makeProject('bank')
    expect(await remove('bank', await plantKey(['admin'], 'shop'))).toBe('TL_PROJECT_NOT_FOUND')
    expect(await remove('shop', await plantKey(['read'], 'shop'))).toBe('TL_SCOPE_MISSING')
    expect(await remove('shop', await plantKey(['admin'], 'shop', 'prod'))).toBe('TL_SCOPE_MISSING')
    expect(await remove('shop', await plantKey(['admin'], 'shop'))).toBeUndefined()
  })
})

describe('GET /api-keys', () => {
  test('lists keys without the keys', async () => {
    const { key, keyId } = await makeProject('shop')
    const { body } = await ask(app, '/api-keys?project_id=shop')
    expect(apiKeyListJson.parse(body)).toEqual(body)
    expect(body.items).toMatchObject([
      { key_id: keyId, prefix: key.slice(0, 13), last_used_at: null, revoked_at: null },
    ])
    expect(JSON.stringify(body)).not.toContain(key.slice(13))
  })

  test('a key of one environment sees no keys of others', async () => {
    await makeProject('shop')
    const key = await plantKey(['admin'], 'shop', 'prod')
    const { body } = await ask(app, '/api-keys', { headers: bearing(key) })
    expect(body.items.map((found: { environment: string }) => found.environment)).toEqual(['prod'])
  })
})

describe('POST /api-keys', () => {
  test('makes a key of the project named', async () => {
    await makeProject('shop')
    const input = { project_id: 'shop', environment: 'prod', scopes: ['read'], expires_at: '2024-03-01T00:00:00Z' }
    const { status, body } = await post('/api-keys', input)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      ...input,
      expires_at: '2024-03-01T00:00:00.000000Z',
      key: expect.stringMatching(/^tlm_sk_/),
    })
    expect((await ask(app, '/traces', { headers: bearing(body.key) })).status).toBe(200)
  })

  test.each([
    [{}, 400, 'TL_BAD_BODY'],
    [{ project_id: 'nowhere' }, 404, 'TL_PROJECT_NOT_FOUND'],
    [{ project_id: 'shop', scopes: [] }, 400, 'TL_BAD_BODY'],
    [{ project_id: 'shop', scopes: ['root'] }, 400, 'TL_BAD_BODY'],
    [{ project_id: 'shop', expires_at: '2024-01-01T00:00:00Z' }, 400, 'TL_BAD_BODY'],
  ])('%j is refused', async (input, expected, code) => {
    await makeProject('shop')
    const { status, body } = await post('/api-keys', input)
    expect({ status, code: body.code }).toEqual({ status: expected, code })
  })

  test('a key gives no more than it has: not another project, environment or scope', async () => {
    await makeProject('shop')
    await makeProject('bank')
    const admin = bearing(await plantKey(['read', 'admin'], 'shop', 'prod'))
    const code = async (input: object) => (await post('/api-keys', input, admin)).body.code
    expect(await code({ project_id: 'bank', scopes: ['read'] })).toBe('TL_PROJECT_NOT_FOUND')
    expect(await code({ environment: 'test', scopes: ['read'] })).toBe('TL_SCOPE_MISSING')
    expect(await code({ scopes: ['ingest'] })).toBe('TL_SCOPE_MISSING')
    const { body } = await post('/api-keys', { scopes: ['read'] }, admin)
    expect(body).toMatchObject({ project_id: 'shop', environment: 'prod', scopes: ['read'] })
  })
})

describe('DELETE /api-keys/{key_id}', () => {
  test('revokes the key', async () => {
    const { key, keyId } = await makeProject('shop')
    const { status, body } = await ask(app, `/api-keys/${keyId}`, { method: 'DELETE' })
    expect(status).toBe(200)
    expect(body).toEqual({ key_id: keyId, revoked_at: '2024-02-03T12:00:00.000000Z' })
    expect((await ask(app, '/traces', { headers: bearing(key) })).body.code).toBe('TL_KEY_UNKNOWN')
    expect((await ask(app, '/api-keys')).body.items[0].revoked_at).toBe('2024-02-03T12:00:00.000000Z')
  })

  test('one that is revoked already stays so from when it was', async () => {
    const { keyId } = await makeProject('shop')
    await store.revokeApiKey({}, keyId, sampleNowUs - 1)
    const { status, body } = await ask(app, `/api-keys/${keyId}`, { method: 'DELETE' })
    expect(status).toBe(200)
    expect(body).toEqual({ key_id: keyId, revoked_at: '2024-02-03T11:59:59.999999Z' })
    expect((await ask(app, '/api-keys')).body.items[0].revoked_at).toBe(body.revoked_at)
  })

  test('a key of another project is as unknown as none', async () => {
    const { keyId } = await makeProject('bank')
    await makeProject('shop')
    const admin = bearing(await plantKey(['admin'], 'shop'))
    for (const id of [keyId, 'nothing']) {
      expect((await ask(app, `/api-keys/${id}`, { method: 'DELETE', headers: admin })).body.code).toBe(
        'TL_KEY_NOT_FOUND',
      )
    }
  })
})
