import { isoTime } from '@tracellm/core'
import type { ApiKeyJson, ApiKeyWithSecretJson, DeletionJson, ProjectJson } from '@tracellm/core/wire'
import type { ApiKey, Deletion, Project } from '@tracellm/store'
import type { MadeKey } from '../access/make-key.ts'
import { orNull } from './units.ts'

export function presentProject(project: Project): ProjectJson {
  return {
    project_id: project.projectId,
    name: project.name,
    description: project.description ?? null,
    created_at: isoTime(project.createdUs),
  }
}

/** A key as lists show it: neither the key nor its hash. */
export function presentApiKey(key: ApiKey): ApiKeyJson {
  return {
    key_id: key.keyId,
    prefix: key.prefix,
    project_id: key.projectId ?? null,
    environment: key.environment ?? null,
    scopes: [...key.scopes],
    created_at: isoTime(key.createdUs),
    expires_at: orNull(key.expiresUs, isoTime),
    revoked_at: orNull(key.revokedUs, isoTime),
    last_used_at: orNull(key.lastUsedUs, isoTime),
  }
}

/** A key just made, with the key itself, this once. */
export function presentMadeKey({ stored, key }: MadeKey): ApiKeyWithSecretJson {
  return { ...presentApiKey(stored), key }
}

export function presentDeletion(deletion: Deletion): DeletionJson {
  return {
    deleted_traces: deletion.deletedTraces,
    deleted_spans: deletion.deletedSpans,
    freed_bytes: deletion.freedBytes,
  }
}
