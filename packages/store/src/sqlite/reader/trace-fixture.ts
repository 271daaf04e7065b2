import { traceStatuses, type TraceId, type TraceStatus } from '@tracellm/core'
import type { DatabaseSync } from 'node:sqlite'
import { idParameter } from '../id-columns.ts'

/** A trace as a test wants it: rows as the writer leaves them, without the spans. */
export interface TraceFixture {
  readonly projectId: string
  readonly traceId: TraceId
  readonly startUs: number
  readonly latencyUs?: number
  readonly status: TraceStatus
  readonly environment?: string
  readonly model?: string
  readonly userId?: string
  readonly sessionId?: string
  readonly tokens?: number
  readonly retries?: number
}

export function traceIdOf(number: number): TraceId {
  return number.toString(16).padStart(32, '0') as TraceId
}

export function insertTrace(database: DatabaseSync, trace: TraceFixture): void {
  const project = insertOnce(database, 'project(project_id, name, created_us)', [trace.projectId, trace.projectId, 1])
  const text = (value: string | undefined): number | null =>
    value === undefined ? null : insertOnce(database, 'dict(v)', [value])
  const model = text(trace.model)
  const { lastInsertRowid } = database
    .prepare(
      `insert into trace(trace_id, project, unkeyed, env, status, start_us, end_us, name, user, session, model, models,
        spans, open_spans, errors, retries, llm_calls, tool_calls, in_tok, out_tok, cache_r, cache_w, reason,
        cost, cost_unknown, created_us, updated_us)
       values (${idParameter}, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0, ?, 0, 0, ?, 0, 0, 0, 0, 0, 0, 1, 1)`,
    )
    .run(
      trace.traceId,
      project,
      text(trace.environment),
      traceStatuses.indexOf(trace.status),
      trace.startUs,
      trace.latencyUs === undefined ? null : trace.startUs + trace.latencyUs,
      text('trace'),
      text(trace.userId),
      text(trace.sessionId),
      model,
      model === null ? null : String(model),
      trace.retries ?? 0,
      trace.tokens ?? 0,
    )
  const labels = [
    trace.model && `m:${trace.model}`,
    trace.userId && `u:${trace.userId}`,
    trace.sessionId && `s:${trace.sessionId}`,
  ]
  for (const label of labels) {
    if (label === undefined) continue
    const add = database.prepare('insert into trace_label(project, label, start_us, tid) values (?, ?, ?, ?)')
    add.run(project, text(label), trace.startUs, lastInsertRowid)
  }
  database.prepare('update project set traces = traces + 1, spans = spans + 1 where id = ?').run(project)
}

/** The number of a row that is made if it is not there. */
function insertOnce(database: DatabaseSync, into: string, values: readonly (string | number)[]): number {
  const [table, column] = into.split(/[(,)]/) as [string, string]
  database.prepare(`insert into ${into} values (${values.map(() => '?').join()}) on conflict do nothing`).run(...values)
  return Number(database.prepare(`select id from ${table} where ${column} = ?`).get(values[0]!)?.['id'])
}
