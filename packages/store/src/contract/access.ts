import type { ProjectId } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import type { ApiKey, Project } from '../port/queries.ts'
import type { OpenStore } from './read-whole.ts'
import { projectA, projectB } from './span-samples.ts'

const project: Project = { projectId: projectA, name: 'Project A', description: 'the first', createdUs: 1 }
const key: ApiKey = {
  keyId: 'key 1',
  keyHash: 'a'.repeat(64),
  prefix: 'tlm_sk_abcd',
  projectId: projectA,
  environment: 'prod',
  scopes: ['ingest', 'read'],
  createdUs: 10,
  expiresUs: 99,
}

/** Projects and API keys. */
export function accessContract(open: OpenStore): void {
  describe('projects', () => {
    test('come back as they were made, and only once', async () => {
      await using store = await open()
      await store.createProject(project)
      expect(await store.listProjects({})).toEqual([project])
      await expect(store.createProject({ ...project, name: 'again' })).rejects.toMatchObject({
        code: 'TL_PROJECT_EXISTS',
      })
      expect(await store.listProjects({})).toEqual([project])
      expect(await store.listProjects({ projectId: 'nowhere' as ProjectId })).toEqual([])
    })

    test('may be called by letters of any script', async () => {
      await using store = await open()
      const projectId = '日本-проект_1.0' as ProjectId
      await store.createProject({ projectId, name: '日本', createdUs: 1 })
      expect(await store.listProjects({ projectId })).toEqual([{ projectId, name: '日本', createdUs: 1 }])
    })
  })

  describe('API keys', () => {
    test('come back as they were made, newest first, and by their hash', async () => {
      await using store = await open()
      await store.createProject(project)
      await store.createProject({ projectId: projectB, name: 'B', createdUs: 2 })
      const instance: ApiKey = { keyId: 'i', keyHash: 'c', prefix: 'tlm', scopes: ['admin'], createdUs: 30 }
      const other: ApiKey = { ...key, keyId: 'key 2', keyHash: 'b', projectId: projectB, createdUs: 20, scopes: [] }
      for (const each of [key, instance, other]) await store.createApiKey(each)
      expect(await store.listApiKeys({})).toEqual([instance, other, key])
      expect(await store.listApiKeys({ projectId: projectA })).toEqual([key])
      expect(await store.findApiKey(key.keyHash)).toEqual(key)
      expect(await store.findApiKey('d')).toBeUndefined()
    })

    test('want a project that exists', async () => {
      await using store = await open()
      await expect(store.createApiKey(key)).rejects.toMatchObject({ code: 'TL_PROJECT_NOT_FOUND' })
      expect(await store.listApiKeys({})).toEqual([])
    })

    test('are revoked once, and stay known', async () => {
      await using store = await open()
      await store.createProject(project)
      await store.createApiKey(key)
      await store.revokeApiKey({ projectId: projectA }, key.keyId, 50)
      await store.revokeApiKey({}, key.keyId, 60)
      expect(await store.findApiKey(key.keyHash)).toEqual({ ...key, revokedUs: 50 })
      expect(await store.listApiKeys({})).toEqual([{ ...key, revokedUs: 50 }])
      await expect(store.revokeApiKey({}, 'unknown', 50)).rejects.toMatchObject({ code: 'TL_KEY_NOT_FOUND' })
    })

    test('may be used, known or not', async () => {
      await using store = await open()
      await store.createProject(project)
      await store.createApiKey(key)
      await store.touchApiKey(key.keyId, 70)
      await store.touchApiKey('unknown', 70)
      expect(await store.findApiKey(key.keyHash)).toMatchObject({ keyId: key.keyId, createdUs: 10 })
    })
  })
}
