import { isoTime, parseIsoTime, TraceLLMError, type ProjectId } from '@tracellm/core'
import {
  apiKeyInput,
  apiKeyListJson,
  apiKeyWithSecretJson,
  listApiKeysQuery,
  projectQuery,
  revokedKeyJson,
  type ApiKeyInput,
} from '@tracellm/core/wire'
import type { ApiKey, KeyScope, Scope, TraceStore } from '@tracellm/store'
import { z } from 'zod'
import { chooseScope } from '../access/choose-scope.ts'
import type { Identity } from '../access/identity.ts'
import { makeKey } from '../access/make-key.ts'
import { isInstanceAdmin } from '../access/require-scope.ts'
import type { AppParts } from '../app-parts.ts'
import { presentApiKey, presentMadeKey } from '../present/project-json.ts'
import { pageInMemory } from './page-in-memory.ts'
import { defineRoute, type Route } from './route.ts'
import { wrongFields } from './wrong-field.ts'

/** Keys of projects. Those of the whole instance are made on the machine only. */
export function apiKeyRoutes({ store, live, clock }: Pick<AppParts, 'store' | 'live' | 'clock'>): Route[] {
  const listApiKeys = defineRoute({
    method: 'GET',
    path: '/api-keys',
    scope: 'admin',
    group: 'Projects and keys',
    summary: 'Keys, newest first, revoked ones too; never the keys themselves',
    query: listApiKeysQuery,
    answer: apiKeyListJson,
    async handle({ scope, query }) {
      const page = pageInMemory(await keysWithin(scope, store), (key) => key.keyId, query)
      return { items: page.items.map((key) => presentApiKey(key)), next_cursor: page.nextCursor ?? null }
    },
  })

  const createApiKey = defineRoute({
    method: 'POST',
    path: '/api-keys',
    scope: 'admin',
    group: 'Projects and keys',
    summary: 'Makes a key of a project, which may do no more than its maker',
    query: projectQuery,
    body: apiKeyInput,
    answer: apiKeyWithSecretJson,
    status: 201,
    async handle({ identity, scope, body }) {
      const { projectId } = await chooseScope(identity, projectOf(body, scope), store)
      const createdUs = clock()
      const made = makeKey({
        projectId,
        environment: environmentOf(body, identity),
        scopes: scopesOf(body, identity),
        createdUs,
        expiresUs: expiryOf(body, createdUs),
      })
      await store.createApiKey(made.stored)
      return presentMadeKey(made)
    },
  })

  const revokeApiKey = defineRoute({
    method: 'DELETE',
    path: '/api-keys/{key_id}',
    scope: 'admin',
    group: 'Projects and keys',
    summary: 'Revokes a key, from now on',
    params: z.object({ key_id: z.string() }),
    query: projectQuery,
    answer: revokedKeyJson,
    async handle({ scope, params: { key_id: keyId } }) {
      const keys = await keysWithin(scope, store)
      const found = keys.find((key) => key.keyId === keyId)
      if (found === undefined) throw new TraceLLMError('TL_KEY_NOT_FOUND', `no key ${keyId} here`)
      // One that is revoked stays so from when it was.
      const revokedUs = found.revokedUs ?? clock()
      const revoke = () => store.revokeApiKey(scope, keyId, revokedUs)
      await (live.keyHolders?.whileEnding({ keyId }, revoke) ?? revoke())
      return { key_id: keyId, revoked_at: isoTime(revokedUs) }
    },
  })

  return [listApiKeys, createApiKey, revokeApiKey]
}

/** A key of one environment sees no keys of others. */
async function keysWithin(scope: Scope, store: Pick<TraceStore, 'listApiKeys'>): Promise<ApiKey[]> {
  const keys = await store.listApiKeys(scope)
  return keys.filter((key) => scope.environment === undefined || key.environment === scope.environment)
}

function projectOf(input: ApiKeyInput, scope: Scope): ProjectId {
  const projectId = input.project_id ?? scope.projectId
  if (projectId !== undefined) return projectId
  const fix = 'Name the project; keys of the whole instance come from `tracellm keys create --instance`.'
  throw wrongFields('TL_BAD_BODY', 'body', [{ path: 'project_id', detail: 'missing' }], fix)
}

function environmentOf(input: ApiKeyInput, { scope }: Identity): string | undefined {
  const environment = input.environment ?? scope.environment
  if (scope.environment === undefined || environment === scope.environment) return environment
  throw new TraceLLMError('TL_SCOPE_MISSING', `a key of the environment ${scope.environment} makes keys of it only`)
}

function scopesOf(input: ApiKeyInput, identity: Identity): KeyScope[] {
  const scopes = input.scopes ?? ['ingest', 'read']
  const missing = isInstanceAdmin(identity) ? [] : scopes.filter((scope) => !identity.scopes.has(scope))
  if (missing.length === 0) return scopes
  throw new TraceLLMError('TL_SCOPE_MISSING', `a key cannot give what it has not: ${missing.join(', ')}`)
}

function expiryOf(input: ApiKeyInput, nowUs: number): number | undefined {
  const expiresUs = parseIsoTime(input.expires_at ?? '')
  if (expiresUs === undefined || expiresUs > nowUs) return expiresUs
  throw wrongFields('TL_BAD_BODY', 'body', [{ path: 'expires_at', detail: 'is in the past' }])
}
