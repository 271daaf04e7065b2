import type { Score, SpanId, TraceId } from '@tracellm/core'
import { idText } from '../id-columns.ts'
import type { View, ViewedTrace } from './view.ts'

/** The scores of a trace, oldest first. */
export function listScores(view: View, traceId: TraceId): readonly Score[] {
  return scoresOf(view, view.findTrace(traceId))
}

interface ScoreRecord {
  readonly score_id: string
  readonly span_id: SpanId | null
  readonly session: number | null
  readonly name: number
  /** JSON */
  readonly value: string
  readonly comment: string | null
  readonly source: Score['source']
  readonly created_us: number
}

/** Those of the trace, or of one of its spans. */
export function scoresOf({ reader }: View, { tid, traceId }: ViewedTrace, spanId?: SpanId): readonly Score[] {
  const ofSpan = spanId === undefined ? '' : 'and sid = unhex(:spanId)'
  const rows = reader
    .prepare(`select *, ${idText('sid')} span_id from score where tid = :tid ${ofSpan} order by created_us, score_id`)
    .all({ tid, ...(spanId !== undefined && { spanId }) }) as unknown as readonly ScoreRecord[]
  return rows.map((row) => ({
    scoreId: row.score_id,
    traceId,
    spanId: row.span_id ?? undefined,
    sessionId: reader.dictionary.text(row.session),
    name: reader.dictionary.text(row.name) ?? '',
    value: JSON.parse(row.value) as Score['value'],
    comment: row.comment ?? undefined,
    source: row.source,
    createdUs: row.created_us,
  }))
}
