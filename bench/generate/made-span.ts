import type { SpanId, TraceId } from '@tracellm/core'
import type { Attributes, DecodedResource, DecodedScope, DecodedSpan } from '@tracellm/core/otlp'

const resource: DecodedResource = {
  attributes: { 'service.name': 'bench-agent', 'service.version': '1.4.2', 'telemetry.sdk.language': 'nodejs' },
  droppedAttributesCount: 0,
}
const scope: DecodedScope = { name: 'bench', version: '1.0.0', attributes: {}, droppedAttributesCount: 0 }

export interface MadeSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly startUs: number
  readonly endUs: number
  readonly attributes: Attributes
  readonly error?: string
}

/** A span as a decoder gives it, and as the writers of OTLP take it. */
export function decodedSpan({ traceId, spanId, parentSpanId, error, ...rest }: MadeSpan): DecodedSpan {
  return {
    ...rest,
    resource,
    scope,
    traceId: traceId as TraceId,
    spanId: spanId as SpanId,
    parentSpanId: parentSpanId as SpanId | undefined,
    kind: 1,
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: error === undefined ? { code: 0 } : { code: 2, message: error },
  }
}
