import { TraceLLMError, type ProjectId, type TraceId } from '@tracellm/core'
import type { Scope } from '../../port/queries.ts'
import { idParameter } from '../id-columns.ts'
import type { Reader } from './reader.ts'

export interface ViewedProject {
  /** Its number in `project`. */
  readonly id: number
  readonly projectId: ProjectId
  readonly traces: number
  readonly spans: number
  readonly bodies: number
}

/** A trace that the caller may see. Whoever reads more of it needs one, and only `View` gives it. */
export interface ViewedTrace {
  readonly tid: number
  readonly traceId: TraceId
  readonly project: ViewedProject
}

/**
 * The store as one caller may see it. Every query of a trace starts here: this is where the scope is applied, and there
 * is no other way from a trace's id to its rows.
 */
export class View {
  readonly reader: Reader
  readonly scope: Scope
  readonly projects: readonly ViewedProject[]
  /** The environment's number in `dict`, -1 where nothing is stored under it; `undefined` sees all. */
  readonly environment: number | undefined

  constructor(reader: Reader, scope: Scope, projects = viewedProjects(reader, scope.projectId)) {
    this.reader = reader
    this.scope = scope
    this.projects = projects
    this.environment = scope.environment === undefined ? undefined : reader.dictionary.find(scope.environment)
  }

  /** The environment as a condition on a column, to stand behind others; nothing where all are seen. */
  andEnvironment(column: string): string {
    return this.environment === undefined ? '' : `and ${column} = :environment`
  }

  /** What `andEnvironment` refers to. */
  get parameters(): { readonly environment?: number } {
    return this.environment === undefined ? {} : { environment: this.environment }
  }

  /** What is left of the view when one environment is asked for: nothing, where the scope names another. */
  within(environment: string | undefined): View {
    const { reader, scope, projects } = this
    if (environment === undefined || environment === scope.environment) return this
    return new View(reader, { ...scope, environment }, scope.environment === undefined ? projects : [])
  }

  /** @throws TraceLLMError `TL_TRACE_NOT_FOUND`, `TL_TRACE_AMBIGUOUS`. */
  findTrace(traceId: TraceId): ViewedTrace {
    const select = `select id, project, env from trace where trace_id = ${idParameter} and start_us is not null`
    const found = (
      this.reader.prepare(select).all(traceId) as unknown as { id: number; project: number; env: number | null }[]
    ).flatMap(({ id, project, env }): ViewedTrace[] => {
      const seen = this.projects.find((viewed) => viewed.id === project)
      const isSeen = seen !== undefined && (this.environment === undefined || this.environment === env)
      return isSeen ? [{ tid: id, traceId, project: seen }] : []
    })
    if (found[0] === undefined) throw new TraceLLMError('TL_TRACE_NOT_FOUND', `There is no trace ${traceId}`)
    if (found.length === 1) return found[0]
    const projectIds = found.map(({ project }) => project.projectId).toSorted()
    throw new TraceLLMError('TL_TRACE_AMBIGUOUS', `${traceId} is in the projects ${projectIds.join(', ')}`, {
      extra: { project_ids: projectIds },
    })
  }
}

function viewedProjects(reader: Reader, projectId: ProjectId | undefined): readonly ViewedProject[] {
  const select = 'select id, project_id projectId, traces, spans, bodies from project'
  const rows =
    projectId === undefined
      ? reader.prepare(select).all()
      : reader.prepare(`${select} where project_id = ?`).all(projectId)
  return rows as unknown as ViewedProject[]
}
