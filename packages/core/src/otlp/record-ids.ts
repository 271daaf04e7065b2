import type { SpanId, TraceId } from '../ids/ids.ts'

/** In the place of an id that is not hex or has another length. */
export const malformedId = 'malformed'

const zeroTraceId = '0'.repeat(32)
const zeroSpanId = '0'.repeat(16)

/** An id as read: lower-case hex of the right length, `''` where there is none, or `malformedId`. */
export type IdText = string

export function isNoTraceId(id: IdText): boolean {
  return id === '' || id === zeroTraceId
}

export function isNoSpanId(id: IdText): boolean {
  return id === '' || id === zeroSpanId
}

/** What is wrong with the ids of a span; `undefined` when they can be used. */
export function idFault(traceId: IdText, spanId: IdText, parentSpanId: IdText): string | undefined {
  if (traceId === malformedId) return 'the trace id is not 16 bytes (32 hex digits)'
  if (spanId === malformedId) return 'the span id is not 8 bytes (16 hex digits)'
  if (parentSpanId === malformedId) return 'the parent span id is not 8 bytes (16 hex digits)'
  if (isNoTraceId(traceId)) return traceId === '' ? 'it has no trace id' : 'the trace id is all zero'
  if (isNoSpanId(spanId)) return spanId === '' ? 'it has no span id' : 'the span id is all zero'
  return undefined
}

/** A trace id where it may be missing; `''` and zero mean none. */
export function optionalTraceId(id: IdText): TraceId | undefined {
  return isNoTraceId(id) ? undefined : (id as TraceId)
}

/** A span id where it may be missing; `''` and zero mean none. */
export function optionalSpanId(id: IdText): SpanId | undefined {
  return isNoSpanId(id) ? undefined : (id as SpanId)
}
