import type { DatabaseSync } from 'node:sqlite'
import { TraceLLMError } from '@tracellm/core'
import type { ApiKey, Scope } from '../../port/queries.ts'
import { requireProject } from './project-rows.ts'

/** Stores a key. @throws TraceLLMError `TL_PROJECT_NOT_FOUND`. */
export function createApiKey(database: DatabaseSync, key: ApiKey): void {
  const project = key.projectId === undefined ? null : requireProject(database, key.projectId)
  const columns = [
    ['key_id', 'key_hash', 'prefix', 'project', 'environment', 'scopes'],
    ['created_us', 'expires_us', 'revoked_us', 'last_used_us'],
  ].flat()
  database
    .prepare(`insert or replace into api_key(${columns.join(', ')}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(
      key.keyId,
      key.keyHash,
      key.prefix,
      project,
      key.environment ?? null,
      key.scopes.join(','),
      key.createdUs,
      key.expiresUs ?? null,
      key.revokedUs ?? null,
      key.lastUsedUs ?? null,
    )
}

/** Revokes a key; one that is revoked stays so from when it was. @throws TraceLLMError `TL_KEY_NOT_FOUND`. */
export function revokeApiKey(database: DatabaseSync, scope: Scope, keyId: string, revokedUs: number): void {
  const { changes } = database
    .prepare(
      `update api_key set revoked_us = coalesce(revoked_us, :revokedUs) where key_id = :keyId
       and (:projectId is null or project = (select id from project where project_id = :projectId))`,
    )
    .run({ keyId, revokedUs, projectId: scope.projectId ?? null })
  if (changes === 0) throw new TraceLLMError('TL_KEY_NOT_FOUND', `no key has the id ${keyId}`)
}

/** Remembers when a key was last used. */
export function touchApiKey(database: DatabaseSync, keyId: string, usedUs: number): void {
  database
    .prepare('update api_key set last_used_us = max(:usedUs, coalesce(last_used_us, 0)) where key_id = :keyId')
    .run({ keyId, usedUs })
}
