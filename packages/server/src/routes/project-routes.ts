import { projectIdOfName, TraceLLMError } from '@tracellm/core'
import {
  createdProjectJson,
  createProjectQuery,
  deletionJson,
  listProjectsQuery,
  projectIdText,
  projectInput,
  projectListJson,
  type ProjectInput,
} from '@tracellm/core/wire'
import type { Project } from '@tracellm/store'
import { z } from 'zod'
import { chooseScope } from '../access/choose-scope.ts'
import { makeKey } from '../access/make-key.ts'
import type { AppParts } from '../app-parts.ts'
import { presentDeletion, presentMadeKey, presentProject } from '../present/project-json.ts'
import { checkInput } from './check-input.ts'
import { pageInMemory } from './page-in-memory.ts'
import { defineRoute, type Route } from './route.ts'
import { wrongFields } from './wrong-field.ts'

/** Projects, which own traces and keys. */
export function projectRoutes({ store, live, clock }: Pick<AppParts, 'store' | 'live' | 'clock'>): Route[] {
  const listProjects = defineRoute({
    method: 'GET',
    path: '/projects',
    scope: 'read',
    group: 'Projects and keys',
    summary: 'The projects there are; with a key, its own',
    query: listProjectsQuery,
    answer: projectListJson,
    async handle({ scope, query }) {
      const page = pageInMemory(await store.listProjects(scope), (project) => project.projectId, query)
      return { items: page.items.map((project) => presentProject(project)), next_cursor: page.nextCursor ?? null }
    },
  })

  const createProject = defineRoute({
    method: 'POST',
    path: '/projects',
    scope: 'instance',
    group: 'Projects and keys',
    summary: 'Makes a project, described in the query or the body, and a key for it that takes in and reads',
    query: createProjectQuery,
    body: projectInput.partial().optional(),
    answer: createdProjectJson,
    status: 201,
    async handle({ query, body }) {
      const input = checkInput(projectInput, { ...query, ...body }, 'TL_BAD_PARAMETER', 'project')
      const createdUs = clock()
      const project = projectOf(input, createdUs)
      const made = makeKey({
        projectId: project.projectId,
        environment: input.environment,
        scopes: ['ingest', 'read'],
        createdUs,
      })
      await store.createProject(project)
      await store.createApiKey(made.stored)
      return { project: presentProject(project), api_key: presentMadeKey(made) }
    },
  })

  const deleteProject = defineRoute({
    method: 'DELETE',
    path: '/projects/{project_id}',
    scope: 'admin',
    group: 'Projects and keys',
    summary: 'Deletes a project with its traces and keys',
    params: z.object({ project_id: projectIdText }),
    answer: deletionJson,
    async handle({ identity, params: { project_id: projectId } }) {
      if (identity.scope.environment !== undefined) {
        throw new TraceLLMError('TL_SCOPE_MISSING', 'a key of one environment may not delete the whole project')
      }
      await chooseScope(identity, projectId, store)
      const remove = () => store.deleteProject(projectId)
      return presentDeletion(await (live.keyHolders?.whileEnding({ projectId }, remove) ?? remove()))
    },
  })

  return [listProjects, createProject, deleteProject]
}

function projectOf(input: ProjectInput, createdUs: number): Project {
  const projectId = projectIdOfName(input.name)
  if (projectId === undefined) {
    throw wrongFields('TL_BAD_PARAMETER', 'project', [{ path: 'name', detail: 'a letter or a digit is asked for' }])
  }
  return { projectId, name: input.name, description: input.description, createdUs }
}
