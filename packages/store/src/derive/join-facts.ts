import {
  isCallType,
  modelOf,
  type Evaluation,
  type LogEvent,
  type ModelCall,
  type Span,
  type SpanError,
  type SpanId,
  type SpanType,
  type StandIn,
  type TraceId,
} from '@tracellm/core'
import { canonicalJson, digestOf } from '../bodies/index.ts'
import { callKeyOfLogEvent, callKeyOfSpan } from './call-key.ts'

/** What the join looks at of a span, as it was sent: columns of a narrow row. Spans made of records are not given to it. */
export interface JoinSpan {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly type: SpanType
  readonly startUs: number
  readonly endUs: number | undefined
  /** That of its trace, as it is lifted from all its spans: so a store finds the spans of a session by their traces. */
  readonly sessionId: string | undefined
  /** That of its trace; set by the store. */
  readonly keyEnvironment?: string | undefined
  /** `callKeyOfSpan`. */
  readonly callKey: number | undefined
  readonly toolName: string | undefined
  readonly model: string | undefined
}

/**
 * What the join looks at of a log record: plain JSON, made once when the record comes in and kept with it. It has no
 * content, only how much there is; whoever calls the join knows where the content of his records lies.
 */
export interface JoinRecord {
  /** 53 bits of a hash of the event: a repeat has the same, and where nothing else orders two records, it does. */
  readonly digest: number
  readonly name: string
  readonly dialect: string
  readonly about: RecordSubject
  readonly standsFor?: StandIn | undefined
  readonly timeUs: number
  readonly sequence?: number | undefined
  readonly place?: number | undefined
  readonly traceId?: TraceId | undefined
  readonly spanId?: SpanId | undefined
  readonly sessionId?: string | undefined
  /** That of the trace it names, else of whoever sent it; set by the store. */
  readonly keyEnvironment?: string | undefined
  readonly promptId?: string | undefined
  /** `callKeyOfLogEvent`. */
  readonly callKey?: number | undefined
  readonly input?: RecordContent | undefined
  readonly output?: RecordContent | undefined
  readonly hasTools?: boolean | undefined
  readonly call?: ModelCall | undefined
  readonly error?: SpanError | undefined
  readonly evaluations?: readonly Evaluation[] | undefined
}

/**
 * What a record tells of. `named`: the very span it names, as records of the GenAI conventions do. `llm`, `tool`,
 * `prompt`: a step of this kind near the span it names, if any, since coding agents log under whatever span is open.
 * `response`: the call with the response id it gives, whenever that was. `nothing`: nothing that could be filled in.
 */
export type RecordSubject = StepKind | 'named' | 'response' | 'nothing'

export type StepKind = StandIn['type']

/** How much a record says on one side. */
export interface RecordContent {
  /** Parts of all messages; 1 for a plain value. */
  readonly parts: number
  /** One of the messages that together are the whole (the old events), not the whole. */
  readonly isOneOfMany: boolean
}

/** What of a span says what records may add to it. */
export interface Fillable {
  readonly type: SpanType
  readonly failed: boolean
  readonly hasInput: boolean
  readonly hasOutput: boolean
  readonly hasTools: boolean
  readonly call: ModelCall | undefined
  readonly error: SpanError | undefined
}

/** @param sessionId of its trace */
export function joinSpanOf(span: Span, sessionId: string | undefined): JoinSpan {
  const { traceId, spanId, type, startUs, endUs, tool } = span
  const model = modelOf(span)
  return { traceId, spanId, type, startUs, endUs, sessionId, callKey: callKeyOfSpan(span), toolName: tool?.name, model }
}

export function joinRecordOf(event: LogEvent): JoinRecord {
  const { name, dialect, standsFor, timeUs, sequence, place, traceId, spanId, sessionId, promptId } = event
  return {
    digest: digestOf(canonicalJson(event as never)),
    name,
    dialect,
    about: subjectOf(event),
    standsFor,
    timeUs,
    sequence,
    place,
    traceId,
    spanId,
    sessionId,
    promptId,
    callKey: callKeyOfLogEvent(event),
    input: contentOf(event.input, event.inputValue, name),
    output: contentOf(event.output, event.outputValue, name),
    hasTools: event.toolDefinitions === undefined ? undefined : true,
    call: event.call,
    error: event.error,
    evaluations: event.evaluations,
  }
}

export function fillableOf(span: Span): Fillable {
  return {
    type: span.type,
    failed: span.status === 'error',
    hasInput: span.input !== undefined,
    hasOutput: span.output !== undefined,
    hasTools: span.toolDefinitions !== undefined,
    call: span.call,
    error: span.error,
  }
}

function subjectOf(event: LogEvent): RecordSubject {
  if (event.name.startsWith(conventions)) {
    if (event.spanId !== undefined) return 'named'
    if (event.evaluations !== undefined) return event.requestId === undefined ? 'nothing' : 'response'
  }
  if (event.standsFor !== undefined) return event.standsFor.type
  if ((event.toolCallId ?? event.inputValue ?? event.outputValue) !== undefined) return 'tool'
  return (event.call ?? event.input ?? event.output ?? event.error) === undefined ? 'nothing' : 'llm'
}

const conventions = 'gen_ai.'
/** Messages one by one; `gen_ai.client.inference.operation.details` and the logs of coding agents have the whole. */
const oldEvents = /^gen_ai\.(\w+\.message|choice)$/

function contentOf(
  messages: LogEvent['input'],
  value: LogEvent['inputValue'],
  name: string,
): RecordContent | undefined {
  if (messages === undefined) return value === undefined ? undefined : { parts: 1, isOneOfMany: false }
  const parts = messages.reduce((total, message) => total + message.parts.length, 0)
  return { parts, isOneOfMany: oldEvents.test(name) }
}

/** The kind of step that a span of this type is. */
export function kindOfType(type: SpanType): StepKind | undefined {
  if (isCallType(type)) return 'llm'
  if (type === 'tool') return 'tool'
  return type === 'agent' ? 'prompt' : undefined
}
