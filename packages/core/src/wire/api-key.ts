import { z } from 'zod'
import { pageFields, projectField } from './query-fields.ts'
import { instant, listOf, optional, projectIdText } from './scalars.ts'

const keyScope = z.enum(['ingest', 'read', 'admin'])

export const environmentName = z.string().min(1).max(200)

/** A key as lists show it: never the key itself. */
export const apiKeyJson = z
  .object({
    key_id: z.string(),
    prefix: z.string().meta({ description: 'The first characters, to tell keys apart.' }),
    project_id: projectIdText.nullable().meta({ description: 'Null for a key of the whole instance.' }),
    environment: z.string().nullable(),
    scopes: z.array(keyScope),
    created_at: instant,
    expires_at: instant.nullable(),
    revoked_at: instant.nullable(),
    last_used_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKeyJson = z.infer<typeof apiKeyJson>

/** A key just made, with the key itself, this once. */
export const apiKeyWithSecretJson = apiKeyJson
  .extend({ key: z.string().meta({ description: 'Shown this once.' }) })
  .meta({ id: 'ApiKeyWithSecret' })
export type ApiKeyWithSecretJson = z.infer<typeof apiKeyWithSecretJson>

/** `GET /api-keys` */
export const listApiKeysQuery = z.strictObject({ ...projectField, ...pageFields })
export type ListApiKeysQuery = z.infer<typeof listApiKeysQuery>

export const apiKeyListJson = listOf(apiKeyJson)
export type ApiKeyListJson = z.infer<typeof apiKeyListJson>

/** `POST /api-keys` */
export const apiKeyInput = z
  .strictObject({
    project_id: optional(projectIdText).meta({ description: "The caller's own unless named." }),
    environment: optional(environmentName).meta({ description: 'The only one the key writes and reads.' }),
    scopes: optional(z.array(keyScope).min(1)).meta({ description: 'ingest and read unless named.' }),
    expires_at: optional(instant),
  })
  .meta({ id: 'ApiKeyInput' })
export type ApiKeyInput = z.infer<typeof apiKeyInput>

export const revokedKeyJson = z.object({ key_id: z.string(), revoked_at: instant })
export type RevokedKeyJson = z.infer<typeof revokedKeyJson>
