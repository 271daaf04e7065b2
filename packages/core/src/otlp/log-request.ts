import type { SpanId, TraceId } from '../ids/ids.ts'
import type { Attributes, AttributeValue } from './any-value.ts'
import type { DecodedRequest, DecodedResource, DecodedScope } from './request.ts'

/** What a `/v1/logs` body held. */
export interface LogRequest extends DecodedRequest {
  readonly logs: readonly DecodedLog[]
}

/**
 * A log record as it was sent, the same from both encodings.
 * Times are whole microseconds since the epoch, rounded down; absent where the wire says 0.
 */
export interface DecodedLog {
  readonly resource: DecodedResource
  readonly scope: DecodedScope
  readonly timeUs?: number | undefined
  readonly observedTimeUs?: number | undefined
  /** 1 to 24, 0 unspecified. */
  readonly severityNumber: number
  readonly severityText?: string | undefined
  readonly body: AttributeValue
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
  readonly flags?: number | undefined
  /** Absent where the record belongs to no trace. */
  readonly traceId?: TraceId | undefined
  readonly spanId?: SpanId | undefined
  readonly eventName?: string | undefined
}
