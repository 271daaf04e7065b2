import { TraceLLMError, type Score } from '@tracellm/core'
import type { Scope } from '../../port/queries.ts'
import { idParameter } from '../id-columns.ts'
import { findTrace } from './find-trace.ts'
import type { WriterParts } from './writer-parts.ts'

/**
 * Makes a score, or replaces the one of its id in the project.
 * @throws TraceLLMError `TL_TRACE_NOT_FOUND`, `TL_TRACE_AMBIGUOUS`, `TL_SPAN_NOT_FOUND`.
 */
export function writeScore({ database, memory, transaction }: WriterParts, scope: Scope, score: Score): void {
  const { tid, project, projectId, environment } = findTrace(database, scope, score.traceId)
  const { dict, counters } = memory
  const { spanId, sessionId } = score
  if (
    spanId !== undefined &&
    database.prepare(`select 1 from span where tid = ? and sid = ${idParameter}`).get(tid, spanId) === undefined
  ) {
    throw new TraceLLMError('TL_SPAN_NOT_FOUND', `${score.traceId} has no span ${spanId}`)
  }
  const others = 'select s.id from score s join trace t on t.id = s.tid where s.score_id = ? and t.project = ?'
  database.prepare(`delete from score where id in (${others})`).run(score.scoreId, project)
  database
    .prepare(
      `insert into score(tid, score_id, sid, session, name, value, comment, source, created_us)
       values (?, ?, ${idParameter}, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      tid,
      score.scoreId,
      spanId ?? null,
      dict.idOrNull(sessionId),
      dict.id(score.name),
      JSON.stringify(score.value),
      score.comment ?? null,
      score.source,
      score.createdUs,
    )
  const sequence = 1 + counters.take('sequence')
  transaction.tell({ type: 'score.created', sequence, projectId, environment, score })
}
