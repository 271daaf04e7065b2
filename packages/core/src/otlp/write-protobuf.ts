import { groupBySource } from './group-by-source.ts'
import type { DecodedLog } from './log-request.ts'
import { nanosOfMicros } from './nanoseconds.ts'
import { writeKeyValues, writeValue } from './protobuf/write-value.ts'
import { WireWriter } from './protobuf/wire-writer.ts'
import type { DecodedResource, DecodedScope } from './request.ts'
import type { DecodedSpan, DecodedSpanEvent, DecodedSpanLink, DecodedStatus } from './span-request.ts'

/** An ExportTraceServiceRequest in protobuf. What has its default value (0, nothing) is left out. */
export function writeSpansProtobuf(spans: readonly DecodedSpan[]): Uint8Array<ArrayBuffer> {
  return writeRequest(spans, writeSpan)
}

/** An ExportLogsServiceRequest in protobuf, in the same way. */
export function writeLogsProtobuf(logs: readonly DecodedLog[]): Uint8Array<ArrayBuffer> {
  return writeRequest(logs, writeLog)
}

/** The two requests differ in their records only: request > 1 resource > 2 scope > 2 record. */
function writeRequest<Kept extends { readonly resource: DecodedResource; readonly scope: DecodedScope }>(
  kept: readonly Kept[],
  writeRecord: (writer: WireWriter, record: Kept) => void,
): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter()
  for (const { resource, scopes } of groupBySource(kept)) {
    writer.message(1, () => {
      writer.message(1, () => writeResource(writer, resource))
      for (const { scope, records } of scopes) {
        writer.message(2, () => {
          writer.message(1, () => writeScope(writer, scope))
          for (const record of records) writer.message(2, () => writeRecord(writer, record))
          writer.text(3, text(scope.schemaUrl))
        })
      }
      writer.text(3, text(resource.schemaUrl))
    })
  }
  return writer.finish()
}

function writeResource(writer: WireWriter, resource: DecodedResource): void {
  writeKeyValues(writer, 1, resource.attributes)
  writer.count(2, count(resource.droppedAttributesCount))
}

function writeScope(writer: WireWriter, scope: DecodedScope): void {
  writer.text(1, text(scope.name))
  writer.text(2, text(scope.version))
  writeKeyValues(writer, 3, scope.attributes)
  writer.count(4, count(scope.droppedAttributesCount))
}

function writeSpan(writer: WireWriter, span: DecodedSpan): void {
  writer.id(1, span.traceId)
  writer.id(2, span.spanId)
  writer.text(3, text(span.traceState))
  writer.id(4, span.parentSpanId)
  writer.text(5, text(span.name))
  writer.count(6, count(span.kind))
  writer.fixed64(7, nanosOfMicros(span.startUs))
  writer.fixed64(8, nanosOfMicros(span.endUs))
  writeKeyValues(writer, 9, span.attributes)
  writer.count(10, count(span.droppedAttributesCount))
  for (const event of span.events) writer.message(11, () => writeEvent(writer, event))
  writer.count(12, count(span.droppedEventsCount))
  for (const link of span.links) writer.message(13, () => writeLink(writer, link))
  writer.count(14, count(span.droppedLinksCount))
  writer.message(15, () => writeStatus(writer, span.status))
  writer.fixed32(16, span.flags)
}

function writeStatus(writer: WireWriter, status: DecodedStatus): void {
  writer.text(2, text(status.message))
  writer.count(3, count(status.code))
}

function writeEvent(writer: WireWriter, event: DecodedSpanEvent): void {
  writer.fixed64(1, nanosOfMicros(event.timeUs))
  writer.text(2, text(event.name))
  writeKeyValues(writer, 3, event.attributes)
  writer.count(4, count(event.droppedAttributesCount))
}

function writeLink(writer: WireWriter, link: DecodedSpanLink): void {
  writer.id(1, link.traceId)
  writer.id(2, link.spanId)
  writer.text(3, text(link.traceState))
  writeKeyValues(writer, 4, link.attributes)
  writer.count(5, count(link.droppedAttributesCount))
  writer.fixed32(6, link.flags)
}

function writeLog(writer: WireWriter, log: DecodedLog): void {
  const { body } = log
  writer.fixed64(1, nanosOfMicros(log.timeUs))
  writer.count(2, count(log.severityNumber))
  writer.text(3, text(log.severityText))
  if (body !== undefined) writer.message(5, () => writeValue(writer, body))
  writeKeyValues(writer, 6, log.attributes)
  writer.count(7, count(log.droppedAttributesCount))
  writer.fixed32(8, log.flags)
  writer.id(9, log.traceId)
  writer.id(10, log.spanId)
  writer.fixed64(11, nanosOfMicros(log.observedTimeUs))
  writer.text(12, text(log.eventName))
}

// Each gives `undefined` for a default value, which the writer leaves out.

function text(value: string | undefined): string | undefined {
  return value === '' ? undefined : value
}

function count(value: number): number | undefined {
  return value === 0 ? undefined : value
}
