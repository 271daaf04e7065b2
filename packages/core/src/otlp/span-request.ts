import type { SpanId, TraceId } from '../ids/ids.ts'
import type { Attributes } from './any-value.ts'
import type { DecodedRequest, DecodedResource, DecodedScope } from './request.ts'

/** What a `/v1/traces` body held. */
export interface SpanRequest extends DecodedRequest {
  readonly spans: readonly DecodedSpan[]
  /** There were spans and not one had an id: the body is something else, most likely logs. The answer is 400. */
  readonly lacksIds: boolean
}

/** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
export type SpanKindNumber = 0 | 1 | 2 | 3 | 4 | 5

/** 0 unset, 1 ok, 2 error. */
export type StatusCodeNumber = 0 | 1 | 2

/**
 * A span as it was sent, the same from both encodings.
 * Times are whole microseconds since the epoch, rounded down; absent where the wire says 0.
 */
export interface DecodedSpan {
  readonly resource: DecodedResource
  readonly scope: DecodedScope
  readonly traceId: TraceId
  readonly spanId: SpanId
  /** Absent for a root. */
  readonly parentSpanId?: SpanId | undefined
  readonly traceState?: string | undefined
  readonly name: string
  readonly kind: SpanKindNumber
  readonly startUs?: number | undefined
  /** Absent while the span runs. */
  readonly endUs?: number | undefined
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
  readonly events: readonly DecodedSpanEvent[]
  readonly droppedEventsCount: number
  readonly links: readonly DecodedSpanLink[]
  /** Those with unusable ids are counted here too. */
  readonly droppedLinksCount: number
  readonly status: DecodedStatus
  /** Low 8 bits are the trace flags; bit 8 says whether the parent is remote, where bit 9 is set. */
  readonly flags?: number | undefined
}

export interface DecodedSpanEvent {
  readonly timeUs?: number | undefined
  readonly name: string
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
}

export interface DecodedSpanLink {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly traceState?: string | undefined
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
  readonly flags?: number | undefined
}

export interface DecodedStatus {
  readonly code: StatusCodeNumber
  readonly message?: string | undefined
}
