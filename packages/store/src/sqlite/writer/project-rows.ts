import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { TraceLLMError, type ProjectId } from '@tracellm/core'
import type { Project } from '../../port/queries.ts'

/** A project as the writer knows it; the counts are what the open transaction adds. */
export interface ProjectEntry {
  readonly id: number
  readonly projectId: ProjectId
  traces: number
  spans: number
  bodies: number
}

/** Projects by id, and by their number in rows. */
export class ProjectRows {
  readonly #byId = new Map<ProjectId, ProjectEntry>()
  readonly #byNumber = new Map<number, ProjectEntry>()
  readonly #insert: StatementSync
  readonly #count: StatementSync

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      'insert into project(project_id, name, description, created_us) values (?, ?, ?, ?) returning id',
    )
    this.#count = database.prepare(
      'update project set traces = traces + ?, spans = spans + ?, bodies = bodies + ? where id = ?',
    )
    for (const row of database.prepare('select id, project_id from project').all()) {
      this.#keep(row['id'] as number, row['project_id'] as ProjectId)
    }
  }

  find(projectId: ProjectId): ProjectEntry | undefined {
    return this.#byId.get(projectId)
  }

  byNumber(id: number): ProjectEntry {
    return this.#byNumber.get(id)!
  }

  /** The project, made when it is named for the first time; it is called what its id says. */
  ensure(projectId: ProjectId, nowUs: number): ProjectEntry {
    return this.#byId.get(projectId) ?? this.create({ projectId, name: projectId, createdUs: nowUs })
  }

  /** @throws TraceLLMError `TL_PROJECT_EXISTS`. */
  create({ projectId, name, description, createdUs }: Project): ProjectEntry {
    if (this.#byId.has(projectId)) throw new TraceLLMError('TL_PROJECT_EXISTS', `there is a project ${projectId}`)
    const row = this.#insert.get(projectId, name, description ?? null, createdUs)
    return this.#keep(row!['id'] as number, projectId)
  }

  /** Forgets a project that is being deleted. */
  forget(project: ProjectEntry): void {
    this.#byId.delete(project.projectId)
    this.#byNumber.delete(project.id)
  }

  /** Writes what the transaction has counted. */
  writeCounts(): void {
    for (const project of this.#byId.values()) {
      const { traces, spans, bodies } = project
      if (traces === 0 && spans === 0 && bodies === 0) continue
      this.#count.run(traces, spans, bodies, project.id)
      Object.assign(project, { traces: 0, spans: 0, bodies: 0 })
    }
  }

  #keep(id: number, projectId: ProjectId): ProjectEntry {
    const entry = { id, projectId, traces: 0, spans: 0, bodies: 0 }
    this.#byId.set(projectId, entry)
    this.#byNumber.set(id, entry)
    return entry
  }
}

/** The number of a project. @throws TraceLLMError `TL_PROJECT_NOT_FOUND`. */
export function requireProject(database: DatabaseSync, projectId: ProjectId): number {
  const row = database.prepare('select id from project where project_id = ?').get(projectId)
  if (row === undefined) throw new TraceLLMError('TL_PROJECT_NOT_FOUND', `no project is ${projectId}`)
  return row['id'] as number
}
