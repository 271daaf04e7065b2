import type { Evaluation, ModelCall, Span, SpanError, SpanId, StandIn, TraceId } from '@tracellm/core'

/**
 * What the join looks at of a span: columns of a narrow row. Stand-ins (`origin: 'log'`) are never given to it.
 */
export interface JoinSpan {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly type: Span['type']
  readonly startUs: number
  readonly endUs: number | undefined
  /** That of its trace, lifted from all its spans, so that a store finds the spans of a session by their traces. */
  readonly sessionId: string | undefined
  /** `callKeyOfSpan`. */
  readonly callKey: number | undefined
  readonly toolName: string | undefined
  readonly model: string | undefined
}

/**
 * What the join looks at of a log record: plain JSON, made once when the record comes in (`joinRecordOf`) and kept with
 * it. It has no content, only how much there is; who calls the join knows where the content of his records lies.
 */
export interface JoinRecord {
  /** 53 bits of its content: a repeat has the same, and where nothing else orders two records, it does. */
  readonly digest: number
  readonly timeUs: number
  readonly sequence?: number
  /** The event's name; a call is told once by records of one name. */
  readonly name: string
  readonly about: RecordSubject
  readonly standsFor?: StandIn
  readonly traceId?: TraceId
  readonly spanId?: SpanId
  readonly sessionId?: string
  readonly promptId?: string
  /** `callKeyOfLogEvent`. */
  readonly callKey?: number
  readonly input?: RecordContent
  readonly output?: RecordContent
  readonly hasTools?: boolean
  readonly call?: ModelCall
  readonly error?: SpanError
  readonly evaluations?: readonly Evaluation[]
}

/**
 * What a record tells of: the very span it names (records of the GenAI conventions), or a step of this kind somewhere
 * near the span it names (coding agents log under whatever span is open), or nothing that could be joined.
 */
export type RecordSubject = 'named' | 'llm' | 'tool' | 'prompt' | 'nothing'

/** How much a record says on one side. */
export interface RecordContent {
  /** Messages; 1 for a plain value. */
  readonly messages: number
  /** One of several messages that together are the whole (the old events), or the whole of it. */
  readonly isPart: boolean
}

/** What of a span says what records may add to it. */
export interface Fillable {
  readonly type: Span['type']
  readonly hasInput: boolean
  readonly hasOutput: boolean
  readonly hasTools: boolean
  readonly call: ModelCall | undefined
  readonly error: SpanError | undefined
}
