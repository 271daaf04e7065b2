import type { Allowance } from '../allowance.ts'
import { AttributeList } from '../attribute-list.ts'
import { usableTime } from '../nanoseconds.ts'
import type { UnusableRecord } from '../record-list.ts'
import type { DecodedResource, DecodedScope } from '../request.ts'
import { SpanInMaking, type LinkInMaking } from '../span-in-making.ts'
import type { DecodedSpan, DecodedSpanEvent } from '../span-request.ts'
import { spanKindNames, statusCodeNames } from './enum-names.ts'
import {
  countField,
  enumField,
  fieldsOf,
  forEachIn,
  idField,
  microsField,
  optionalCountField,
  optionalTextField,
  readObject,
  textField,
  type JsonFields,
} from './json-fields.ts'
import { readAttributes } from './read-value.ts'

/** Reads an item of `spans`. */
export function readSpan(
  fields: JsonFields,
  resource: DecodedResource,
  scope: DecodedScope,
  allowance: Allowance,
): DecodedSpan | UnusableRecord {
  const span = new SpanInMaking(allowance)
  span.traceId = idField(fields, 'traceId', 32)
  span.spanId = idField(fields, 'spanId', 16)
  span.parentSpanId = idField(fields, 'parentSpanId', 16)
  span.traceState = optionalTextField(fields, 'traceState')
  span.name = textField(fields, 'name')
  span.kind = enumField(fields, 'kind', spanKindNames)
  span.startUs = microsField(fields, 'startTimeUnixNano')
  span.endUs = microsField(fields, 'endTimeUnixNano')
  readAttributes(fields, 'attributes', span.attributes)
  span.attributes.droppedBySender = countField(fields, 'droppedAttributesCount')
  forEachIn(fields, 'events', (event) => span.addEvent(readEvent(fieldsOf(event), allowance)))
  span.droppedEventsCount = countField(fields, 'droppedEventsCount')
  forEachIn(fields, 'links', (link) => span.addLink(readLink(fieldsOf(link), allowance)))
  span.droppedLinksCount = countField(fields, 'droppedLinksCount')
  readObject(fields, 'status', (status) => {
    span.statusCode = enumField(status, 'code', statusCodeNames)
    span.statusMessage = optionalTextField(status, 'message')
  })
  span.flags = optionalCountField(fields, 'flags')
  return span.finish(resource, scope)
}

function readEvent(fields: JsonFields, allowance: Allowance): DecodedSpanEvent {
  const attributes = new AttributeList(allowance)
  readAttributes(fields, 'attributes', attributes)
  attributes.droppedBySender = countField(fields, 'droppedAttributesCount')
  return {
    timeUs: usableTime(microsField(fields, 'timeUnixNano')),
    name: textField(fields, 'name'),
    attributes: attributes.values,
    droppedAttributesCount: attributes.dropped,
  }
}

function readLink(fields: JsonFields, allowance: Allowance): LinkInMaking {
  const attributes = new AttributeList(allowance)
  readAttributes(fields, 'attributes', attributes)
  attributes.droppedBySender = countField(fields, 'droppedAttributesCount')
  return {
    traceId: idField(fields, 'traceId', 32),
    spanId: idField(fields, 'spanId', 16),
    traceState: optionalTextField(fields, 'traceState'),
    attributes: attributes.values,
    droppedAttributesCount: attributes.dropped,
    flags: optionalCountField(fields, 'flags'),
  }
}
