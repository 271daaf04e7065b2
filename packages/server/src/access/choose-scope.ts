import { TraceLLMError, type ProjectId } from '@tracellm/core'
import type { Scope, TraceStore } from '@tracellm/store'
import type { Identity } from './identity.ts'

/**
 * What a request may see: the scope of its caller, narrowed to the project it names. The one place where the two meet.
 * To a key every project but its own is as unknown as one that does not exist.
 * @throws TraceLLMError `TL_PROJECT_NOT_FOUND`.
 */
export async function chooseScope(
  identity: Identity,
  projectId: ProjectId | undefined,
  store: Pick<TraceStore, 'listProjects'>,
): Promise<Scope> {
  const { scope } = identity
  if (projectId === undefined || projectId === scope.projectId) return scope
  if (scope.projectId !== undefined || (await store.listProjects({ projectId })).length === 0) {
    throw new TraceLLMError('TL_PROJECT_NOT_FOUND', `there is no project ${projectId} here`)
  }
  return { ...scope, projectId }
}
