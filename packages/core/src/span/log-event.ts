import type { JsonObject, JsonValue } from '../json/json-value.ts'
import type { SpanId, TraceId } from '../ids/ids.ts'
import type { Message } from './message.ts'
import type { Evaluation, ModelCall, Resource, Scope, SpanError } from './span.ts'

/**
 * A log record that says something about a model call, a tool use or a prompt, in canonical form.
 *
 * Records come before or after the spans they belong to. They are kept by (trace, span), or by (session, prompt) where
 * they name no span, and joined in the writer: beside spans they only fill in what the spans leave out; without spans
 * the steps they stand for become a trace.
 */
export interface LogEvent {
  readonly name: string
  readonly timeUs: number
  readonly traceId?: TraceId
  readonly spanId?: SpanId
  readonly sessionId?: string
  /** One turn of the user; joins the records of a session that belong together. */
  readonly promptId?: string
  /** The sender's own order within the session. */
  readonly sequence?: number
  /** Its place among the records that one request has of the same span at the same time (0); see `logPlaces`. */
  readonly place?: number
  /** The id that both the record and the span of one model call carry. */
  readonly requestId?: string
  readonly toolCallId?: string

  /** Messages to append to the span's input and output, in order of time and then of arrival. */
  readonly input?: readonly Message[]
  readonly output?: readonly Message[]
  /** Plain input and output, of tools. */
  readonly inputValue?: JsonValue
  readonly outputValue?: JsonValue
  readonly toolDefinitions?: JsonValue
  readonly call?: ModelCall
  readonly error?: SpanError
  readonly evaluations?: readonly Evaluation[]
  /** The step this record stands for when no span of it comes; absent for records that only fill in. */
  readonly standsFor?: StandIn

  readonly userId?: string
  readonly environment?: string
  readonly release?: string
  readonly attributes: JsonObject
  readonly body?: JsonValue
  readonly severity?: number
  readonly resource: Resource
  readonly scope: Scope
  readonly dialect: string
}

/** A step told by a log record alone. Its start is the record's time less `durationUs`. */
export interface StandIn {
  readonly type: 'prompt' | 'llm' | 'tool'
  readonly name: string
  readonly durationUs?: number
  readonly failed?: boolean
}
