import { TraceLLMError, type ProjectId } from '@tracellm/core'
import type { Project, Scope } from '../port/queries.ts'

/** Projects, by id. */
export class ProjectTable {
  readonly #projects = new Map<ProjectId, Project>()

  create(project: Project): void {
    if (this.#projects.has(project.projectId)) {
      throw new TraceLLMError('TL_PROJECT_EXISTS', `there is a project ${project.projectId}`)
    }
    this.#projects.set(project.projectId, project)
  }

  /** Makes a project that spans name for the first time; it is called what its id says. */
  ensure(projectId: ProjectId, nowUs: number): void {
    if (!this.#projects.has(projectId)) this.create({ projectId, name: projectId, createdUs: nowUs })
  }

  /** By id. */
  list(scope: Scope): Project[] {
    return [...this.#projects.values()]
      .filter((project) => scope.projectId === undefined || project.projectId === scope.projectId)
      .toSorted((one, other) => (one.projectId < other.projectId ? -1 : 1))
  }

  require(projectId: ProjectId): void {
    if (!this.#projects.has(projectId)) throw new TraceLLMError('TL_PROJECT_NOT_FOUND', `no project is ${projectId}`)
  }

  delete(projectId: ProjectId): void {
    this.require(projectId)
    this.#projects.delete(projectId)
  }
}
