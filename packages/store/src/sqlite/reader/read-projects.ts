import type { ProjectId } from '@tracellm/core'
import type { ApiKey, KeyScope, Project } from '../../port/queries.ts'
import type { Reader } from './reader.ts'
import type { View } from './view.ts'

/** By id. */
export function listProjects({ reader, projects }: View): readonly Project[] {
  const seen = new Set(projects.map(({ id }) => id))
  const rows = reader.prepare('select * from project order by project_id').all() as unknown as readonly ProjectRecord[]
  return rows
    .filter(({ id }) => seen.has(id))
    .map((row) => ({
      projectId: row.project_id,
      name: row.name,
      description: row.description ?? undefined,
      createdUs: row.created_us,
    }))
}

interface ProjectRecord {
  readonly id: number
  readonly project_id: ProjectId
  readonly name: string
  readonly description: string | null
  readonly created_us: number
}

/** Of the projects in view; of instance keys too, where all are. Newest first, revoked ones too. */
export function listApiKeys({ reader, projects, scope }: View): readonly ApiKey[] {
  const seen = new Set(projects.map(({ id }) => id))
  const rows = reader.prepare(`${selectKeys} order by k.created_us desc, k.key_id`).all()
  return (rows as unknown as readonly KeyRecord[])
    .filter(({ project }) => (project === null ? scope.projectId === undefined : seen.has(project)))
    .map(decodeKey)
}

/** The key with this hash, revoked and expired ones too. Asked before anybody's scope is known. */
export function findApiKey(reader: Reader, keyHash: string): ApiKey | undefined {
  const row = reader.prepare(`${selectKeys} where k.key_hash = ?`).get(keyHash)
  return row && decodeKey(row as unknown as KeyRecord)
}

const selectKeys = 'select k.*, p.project_id from api_key k left join project p on p.id = k.project'

interface KeyRecord {
  readonly key_id: string
  readonly key_hash: string
  readonly prefix: string
  readonly project: number | null
  readonly project_id: ProjectId | null
  readonly environment: string | null
  /** With commas. */
  readonly scopes: string
  readonly created_us: number
  readonly expires_us: number | null
  readonly revoked_us: number | null
  readonly last_used_us: number | null
}

function decodeKey(row: KeyRecord): ApiKey {
  return {
    keyId: row.key_id,
    keyHash: row.key_hash,
    prefix: row.prefix,
    projectId: row.project_id ?? undefined,
    environment: row.environment ?? undefined,
    scopes: row.scopes.split(',').filter((scope) => scope !== '') as KeyScope[],
    createdUs: row.created_us,
    expiresUs: row.expires_us ?? undefined,
    revokedUs: row.revoked_us ?? undefined,
    lastUsedUs: row.last_used_us ?? undefined,
  }
}
