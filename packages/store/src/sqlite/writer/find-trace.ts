import type { DatabaseSync } from 'node:sqlite'
import { TraceLLMError, type ProjectId, type TraceId } from '@tracellm/core'
import type { Scope } from '../../port/queries.ts'
import { idParameter } from '../id-columns.ts'

export interface FoundTrace {
  readonly tid: number
  /** Number of its project. */
  readonly project: number
  readonly projectId: ProjectId
  readonly environment: string | undefined
}

/**
 * The trace with an id that a caller may see.
 * @throws TraceLLMError `TL_TRACE_NOT_FOUND`, and `TL_TRACE_AMBIGUOUS` when several projects know the id.
 */
export function findTrace(database: DatabaseSync, scope: Scope, traceId: TraceId): FoundTrace {
  const rows = database
    .prepare(
      `select t.id, t.project, p.project_id, d.v as env from trace t
       join project p on p.id = t.project left join dict d on d.id = t.env
       where t.trace_id = ${idParameter} and t.start_us is not null order by p.project_id`,
    )
    .all(traceId)
    .filter(
      ({ project_id: projectId, env }) =>
        (scope.projectId === undefined || projectId === scope.projectId) &&
        (scope.environment === undefined || env === scope.environment),
    )
  const [row, ...others] = rows
  if (row === undefined) throw new TraceLLMError('TL_TRACE_NOT_FOUND', `no trace is ${traceId}`)
  if (others.length > 0) {
    const projectIds = rows.map(({ project_id: projectId }) => projectId as ProjectId)
    const detail = `${traceId} is in the projects ${projectIds.join(', ')}`
    throw new TraceLLMError('TL_TRACE_AMBIGUOUS', detail, { extra: { project_ids: projectIds } })
  }
  return {
    tid: row['id'] as number,
    project: row['project'] as number,
    projectId: row['project_id'] as ProjectId,
    environment: (row['env'] as string | null) ?? undefined,
  }
}
