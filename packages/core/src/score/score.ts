import type { SpanId, TraceId } from '../ids/ids.ts'

/** A judgement of a trace, of one of its spans, or of a session. The same `scoreId` again replaces it. */
export interface Score {
  readonly scoreId: string
  readonly traceId: TraceId
  readonly spanId?: SpanId
  readonly sessionId?: string
  readonly name: string
  readonly value: number | string | boolean
  readonly comment?: string
  readonly source: 'api' | 'human' | 'eval'
  readonly createdUs: number
}
