import type { SpanId, TraceId } from '../ids/ids.ts'
import { newAttributes, type Attributes, type AttributeValue } from '../otlp/any-value.ts'
import type { DecodedLog } from '../otlp/log-request.ts'
import type { DecodedScope } from '../otlp/request.ts'
import type { DecodedSpan, DecodedSpanEvent } from '../otlp/span-request.ts'
import type { Span } from '../span/span.ts'
import { mapSpan } from './map-span.ts'

/** For tests: spans and log records as a decoder gives them. */

export type Sent = Readonly<Record<string, AttributeValue>>

export function sentAttributes(attributes: Sent): Attributes {
  return Object.assign(newAttributes(), attributes)
}

export function sentScope(name?: string, version?: string): DecodedScope {
  return { name, version, attributes: newAttributes(), droppedAttributesCount: 0 }
}

export function sentResource(attributes: Sent = {}): DecodedSpan['resource'] {
  return { attributes: sentAttributes(attributes), droppedAttributesCount: 0 }
}

export function sentEvent(name: string, attributes: Sent, timeUs = 1_000_500): DecodedSpanEvent {
  return { name, timeUs, attributes: sentAttributes(attributes), droppedAttributesCount: 0 }
}

/** One second long, from second 1 on. */
export function sentSpan(attributes: Sent = {}, more: Partial<DecodedSpan> = {}): DecodedSpan {
  return {
    resource: sentResource(),
    scope: sentScope(),
    traceId: '0af7651916cd43dd8448eb211c80319c' as TraceId,
    spanId: 'b7ad6b7169203331' as SpanId,
    name: 'step',
    kind: 1,
    startUs: 1_000_000,
    endUs: 2_000_000,
    attributes: sentAttributes(attributes),
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: 0 },
    ...more,
  }
}

export function mapSent(attributes: Sent, more: Partial<DecodedSpan> = {}): Span {
  return mapSpan(sentSpan(attributes, more), { receivedUs: 5_000_000 })
}

export function sentLog(attributes: Sent, more: Partial<DecodedLog> = {}): DecodedLog {
  return {
    resource: sentResource(),
    scope: sentScope(),
    timeUs: 1_000_000,
    severityNumber: 0,
    body: undefined,
    attributes: sentAttributes(attributes),
    droppedAttributesCount: 0,
    ...more,
  }
}
