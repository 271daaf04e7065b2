import type { Allowance } from '../allowance.ts'
import { AttributeList } from '../attribute-list.ts'
import { usableTime } from '../nanoseconds.ts'
import type { UnusableRecord } from '../record-list.ts'
import type { DecodedResource, DecodedScope } from '../request.ts'
import { SpanInMaking, type LinkInMaking } from '../span-in-making.ts'
import type { DecodedSpan, DecodedSpanEvent } from '../span-request.ts'
import { readKeyValue } from './read-value.ts'
import type { WireReader } from './wire-reader.ts'

/** Reads a Span. */
export function readSpan(
  reader: WireReader,
  end: number,
  resource: DecodedResource,
  scope: DecodedScope,
  allowance: Allowance,
): DecodedSpan | UnusableRecord {
  const span = new SpanInMaking(allowance)
  while (reader.position < end) readSpanField(reader, end, span, allowance)
  reader.finish(end)
  return span.finish(resource, scope)
}

/** The table of a span's fields: each case is a field number and its wire type. */
function readSpanField(reader: WireReader, end: number, span: SpanInMaking, allowance: Allowance): void {
  const tag = reader.tag()
  switch (tag) {
    case 0x0a: // 1 trace_id
      span.traceId = reader.id(end, 16)
      break
    case 0x12: // 2 span_id
      span.spanId = reader.id(end, 8)
      break
    case 0x1a: // 3 trace_state
      span.traceState = reader.optionalText(end)
      break
    case 0x22: // 4 parent_span_id
      span.parentSpanId = reader.id(end, 8)
      break
    case 0x2a: // 5 name
      span.name = reader.text(end)
      break
    case 0x30: // 6 kind
      span.kind = reader.varint()
      break
    case 0x39: // 7 start_time_unix_nano
      span.startUs = reader.micros()
      break
    case 0x41: // 8 end_time_unix_nano
      span.endUs = reader.micros()
      break
    case 0x4a: // 9 attributes
      readKeyValue(reader, reader.nestedEnd(end), 0, span.attributes.next())
      break
    case 0x50: // 10 dropped_attributes_count
      span.attributes.droppedBySender = reader.count()
      break
    case 0x5a: // 11 events
      span.addEvent(readEvent(reader, reader.nestedEnd(end), allowance))
      break
    case 0x60: // 12 dropped_events_count
      span.droppedEventsCount = reader.count()
      break
    case 0x6a: // 13 links
      span.addLink(readLink(reader, reader.nestedEnd(end), allowance))
      break
    case 0x70: // 14 dropped_links_count
      span.droppedLinksCount = reader.count()
      break
    case 0x7a: // 15 status
      readStatus(reader, reader.nestedEnd(end), span)
      break
    case 0x85: // 16 flags
      span.flags = reader.fixed32()
      break
    default:
      reader.skip(tag)
  }
}

function readStatus(reader: WireReader, end: number, span: SpanInMaking): void {
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x12) span.statusMessage = reader.optionalText(end)
    else if (tag === 0x18) span.statusCode = reader.varint()
    else reader.skip(tag)
  }
  reader.finish(end)
}

function readEvent(reader: WireReader, end: number, allowance: Allowance): DecodedSpanEvent {
  let timeUs: number | undefined
  let name = ''
  const attributes = new AttributeList(allowance)
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x09) timeUs = usableTime(reader.micros())
    else if (tag === 0x12) name = reader.text(end)
    else if (tag === 0x1a) readKeyValue(reader, reader.nestedEnd(end), 0, attributes.next())
    else if (tag === 0x20) attributes.droppedBySender = reader.count()
    else reader.skip(tag)
  }
  reader.finish(end)
  return { timeUs, name, attributes: attributes.values, droppedAttributesCount: attributes.dropped }
}

function readLink(reader: WireReader, end: number, allowance: Allowance): LinkInMaking {
  let traceId = ''
  let spanId = ''
  let traceState: string | undefined
  const attributes = new AttributeList(allowance)
  let flags: number | undefined
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) traceId = reader.id(end, 16)
    else if (tag === 0x12) spanId = reader.id(end, 8)
    else if (tag === 0x1a) traceState = reader.optionalText(end)
    else if (tag === 0x22) readKeyValue(reader, reader.nestedEnd(end), 0, attributes.next())
    else if (tag === 0x28) attributes.droppedBySender = reader.count()
    else if (tag === 0x35) flags = reader.fixed32()
    else reader.skip(tag)
  }
  reader.finish(end)
  return {
    traceId,
    spanId,
    traceState,
    attributes: attributes.values,
    droppedAttributesCount: attributes.dropped,
    flags,
  }
}
