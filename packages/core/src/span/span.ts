import type { JsonObject, JsonValue } from '../json/json-value.ts'
import type { SpanId, TraceId } from '../ids/ids.ts'
import type { Content } from './message.ts'
import type { Cost } from './cost.ts'
import type { Usage } from './usage.ts'

export const spanTypes = [
  'llm',
  'embedding',
  'retriever',
  'reranker',
  'tool',
  'agent',
  'chain',
  'guardrail',
  'evaluator',
  'prompt',
  'event',
  'span',
] as const
/** What a step was for. Ours, beside OpenTelemetry's `kind`. The order is the order of storage: append only. */
export type SpanType = (typeof spanTypes)[number]

export const spanStatuses = ['unset', 'ok', 'error'] as const
export type SpanStatus = (typeof spanStatuses)[number]

export const spanKinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const
/** OpenTelemetry's kind, by its number there. */
export type SpanKind = (typeof spanKinds)[number]

/**
 * One timed operation, in the form that every dialect is mapped to. Absent means unknown.
 * Times are whole microseconds since the epoch.
 */
export interface Span {
  readonly traceId: TraceId
  readonly spanId: SpanId
  /** Absent for a root. The parent may come later, or never. */
  readonly parentId?: SpanId
  /** The name shown. `attributes` and `originalName` keep what the instrumentation called it. */
  readonly name: string
  readonly originalName?: string
  readonly type: SpanType
  readonly kind: SpanKind
  readonly status: SpanStatus
  /** Why it failed, where `status` is `error`. */
  readonly error?: SpanError
  readonly startUs: number
  /** Absent while the span is open. */
  readonly endUs?: number
  /** What the clock of the sender got wrong, and we mended: kept to be shown. */
  readonly timeFault?: 'no-start' | 'end-before-start'
  /** `log` for spans made from log records; they stop counting once a real span of the same call is there. */
  readonly origin: 'span' | 'log'

  readonly call?: ModelCall
  readonly tool?: ToolUse
  readonly agent?: AgentInfo
  readonly retrieval?: Retrieval
  readonly input?: Content
  readonly output?: Content
  /** Definitions of the tools offered to a model, as the client sent them. */
  readonly toolDefinitions?: JsonValue
  readonly promptTemplate?: JsonObject
  /** Evaluations and feedback that the client put on the span. */
  readonly evaluations?: readonly Evaluation[]
  /** Declared by the instrumentation: this is attempt n (1, 2, …) of the same thing. */
  readonly declaredAttempt?: number

  readonly context: TraceContext
  /** What no rule has used, as it was sent. */
  readonly attributes: JsonObject
  readonly events: readonly SpanEvent[]
  readonly links: readonly SpanLink[]
  readonly traceState?: string
  readonly flags?: number
  readonly dropped?: { readonly attributes?: number; readonly events?: number; readonly links?: number }
  readonly source: SpanSource
}

export interface SpanError {
  readonly message?: string
  /** `error.type` or the class of the exception. */
  readonly type?: string
}

/** Of spans of type llm, embedding and reranker, and of chains that roll them up (`count-once.ts` tells them apart). */
export interface ModelCall {
  readonly provider?: string
  readonly requestModel?: string
  readonly responseModel?: string
  readonly responseId?: string
  readonly finishReasons?: readonly string[]
  readonly params?: JsonObject
  readonly usage?: Usage
  readonly cost?: Cost
  /** From the start of the span to the first part of the answer. */
  readonly timeToFirstUs?: number
}

export interface ToolUse {
  readonly name?: string
  readonly callId?: string
  readonly kind?: string
  readonly description?: string
}

export interface AgentInfo {
  readonly name?: string
  readonly id?: string
  readonly description?: string
  readonly version?: string
}

export interface Retrieval {
  readonly query?: string
  readonly topK?: number
  readonly dataSourceId?: string
  readonly documents?: readonly JsonObject[]
}

export interface Evaluation {
  readonly name: string
  readonly value?: number
  readonly label?: string
  readonly explanation?: string
  readonly annotatorKind?: string
  readonly target: 'span' | 'trace' | 'session'
}

/** What a span says about the whole trace. Lifted to the trace: root first, then by start. */
export interface TraceContext {
  readonly sessionId?: string
  readonly userId?: string
  readonly tags?: readonly string[]
  readonly metadata?: JsonObject
  readonly environment?: string
  readonly release?: string
  readonly traceName?: string
  readonly traceInput?: Content
  readonly traceOutput?: Content
  /** A status that the sender of a plain JSON trace declared. It wins over the derived one. */
  readonly declaredStatus?: 'success' | 'warning' | 'failed'
}

export interface SpanEvent {
  readonly name: string
  readonly timeUs?: number
  readonly attributes: JsonObject
}

export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
  readonly traceState?: string
  readonly attributes: JsonObject
}

/** Where a span came from. Objects are shared between the spans of a batch. */
export interface SpanSource {
  readonly resource: Resource
  readonly scope: Scope
  /** Dialects whose rules were used, in order of use. */
  readonly dialects: readonly string[]
  /** Keys that the rules used up. */
  readonly usedKeys: readonly string[]
  /** The version of the mapping table, so that a better one can be run again. */
  readonly mappingVersion: number
}

export interface Resource {
  readonly attributes: JsonObject
  readonly schemaUrl?: string
}

export interface Scope {
  readonly name?: string
  readonly version?: string
  readonly attributes?: JsonObject
  readonly schemaUrl?: string
}

/** The model that did the work, as far as known: that of the answer, else the one asked for. */
export function modelOf(span: Span): string | undefined {
  return span.call?.responseModel ?? span.call?.requestModel
}

export function isOpen(span: Pick<Span, 'endUs'>): boolean {
  return span.endUs === undefined
}
