import type { ProjectId } from '@tracellm/core'
import { requireProject } from '../project-rows.ts'
import type { WriterParts } from '../writer-parts.ts'
import { TraceHider } from './delete-traces.ts'

/** Traces, spans and log records that one turn hides. */
const maxTracesATurn = 100
const maxSpansATurn = 400
const maxRecordsATurn = 1000

/**
 * One turn of hiding the traces of a project, and then the log records that belong to none of them.
 * @throws TraceLLMError `TL_PROJECT_NOT_FOUND`.
 */
export function hideSomeOfProject(
  parts: WriterParts,
  projectId: ProjectId,
): { traces: number; spans: number; isMore: boolean } {
  const project = requireProject(parts.database, projectId)
  const rows = parts.database
    .prepare('select id, start_us is not null isTrace from trace where project = ? limit ?')
    .all(project, maxTracesATurn)
  const hider = new TraceHider(parts)
  let traces = 0
  let spans = 0
  for (const row of rows) {
    spans += hider.hide(row['id'] as number)
    traces += row['isTrace'] as number
    if (spans >= maxSpansATurn) break
  }
  return { traces, spans, isMore: rows.length > 0 || hider.hideRecords(project, maxRecordsATurn) > 0 }
}

/**
 * Deletes the row of a project and all that is left under its number, once nothing of it is left to be taken out.
 * @returns whether it is gone: traces may have come for it in the meantime.
 */
export function deleteEmptyProject({ database, memory }: WriterParts, projectId: ProjectId): boolean {
  const project = memory.projects.find(projectId)
  if (project === undefined) return true
  const remains = `select exists (select 1 from trace where project = :id)
                or exists (select 1 from log_record where project = :id)
                or exists (select 1 from deletion where project = :id) remains`
  if (database.prepare(remains).get({ id: project.id })?.['remains'] === 1) return false
  const tables = [
    'rollup_minute',
    'rollup_hour',
    'rollup_day',
    'dims',
    'session',
    'trace_label',
    'api_key',
    'retention',
  ]
  for (const table of tables) database.prepare(`delete from ${table} where project = ?`).run(project.id)
  database.prepare('delete from project where id = ?').run(project.id)
  memory.projects.forget(project)
  return true
}
