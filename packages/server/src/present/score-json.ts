import { isoTime, type Score } from '@tracellm/core'
import type { ScoreJson } from '@tracellm/core/wire'

export function presentScore(score: Score): ScoreJson {
  return {
    id: score.scoreId,
    trace_id: score.traceId,
    span_id: score.spanId ?? null,
    session_id: score.sessionId ?? null,
    name: score.name,
    value: score.value,
    comment: score.comment ?? null,
    source: score.source,
    created_at: isoTime(score.createdUs),
  }
}
