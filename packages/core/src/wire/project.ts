import { z } from 'zod'
import { apiKeyWithSecretJson, environmentName } from './api-key.ts'
import { pageFields, projectField, queryText } from './query-fields.ts'
import { instant, listOf, optional, projectIdText } from './scalars.ts'

export const projectJson = z
  .object({ project_id: projectIdText, name: z.string(), description: z.string().nullable(), created_at: instant })
  .meta({ id: 'Project' })
export type ProjectJson = z.infer<typeof projectJson>

/** `GET /projects` */
export const listProjectsQuery = z.strictObject({ ...projectField, ...pageFields })
export type ListProjectsQuery = z.infer<typeof listProjectsQuery>

export const projectListJson = listOf(projectJson)
export type ProjectListJson = z.infer<typeof projectListJson>

/** `POST /projects`, in the body. */
export const projectInput = z
  .strictObject({
    name: z.string().min(1).max(200),
    environment: optional(environmentName).meta({ description: 'Of the key that is made with the project.' }),
    description: optional(z.string().max(2000)),
  })
  .meta({ id: 'ProjectInput' })
export type ProjectInput = z.infer<typeof projectInput>

/** `POST /projects`, in the query: the same. */
export const createProjectQuery = z.strictObject({
  name: queryText.max(200).optional(),
  environment: environmentName.optional(),
  description: queryText.max(2000).optional(),
})

export const createdProjectJson = z.object({ project: projectJson, api_key: apiKeyWithSecretJson })
export type CreatedProjectJson = z.infer<typeof createdProjectJson>
