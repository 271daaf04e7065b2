import { groupBySource, type ResourceGroup } from './group-by-source.ts'
import { anyValue, keyValues } from './json/write-value.ts'
import type { DecodedLog } from './log-request.ts'
import { nanosOfMicros } from './nanoseconds.ts'
import type { DecodedResource, DecodedScope } from './request.ts'
import type { DecodedSpan, DecodedSpanEvent, DecodedSpanLink } from './span-request.ts'

/**
 * An ExportTraceServiceRequest as JSON text.
 * What has its default value (0, nothing) is left out, 64-bit integers are text, as Protobuf's JSON asks.
 */
export function writeSpansJson(spans: readonly DecodedSpan[]): string {
  const resourceSpans = groupBySource(spans).map((group) => ({
    ...resourceLayer(group),
    scopeSpans: group.scopes.map(({ scope, records }) => ({ ...scopeLayer(scope), spans: records.map(spanObject) })),
  }))
  return JSON.stringify({ resourceSpans })
}

/** An ExportLogsServiceRequest as JSON text, in the same way. */
export function writeLogsJson(logs: readonly DecodedLog[]): string {
  const resourceLogs = groupBySource(logs).map((group) => ({
    ...resourceLayer(group),
    scopeLogs: group.scopes.map(({ scope, records }) => ({ ...scopeLayer(scope), logRecords: records.map(logObject) })),
  }))
  return JSON.stringify({ resourceLogs })
}

function resourceLayer({ resource }: ResourceGroup<unknown>): object {
  return { resource: attributeFields(resource), schemaUrl: text(resource.schemaUrl) }
}

function scopeLayer(scope: DecodedScope): object {
  const own = { name: text(scope.name), version: text(scope.version), ...attributeFields(scope) }
  return { scope: own, schemaUrl: text(scope.schemaUrl) }
}

function spanObject(span: DecodedSpan): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    traceState: text(span.traceState),
    parentSpanId: span.parentSpanId,
    flags: span.flags,
    name: text(span.name),
    kind: count(span.kind),
    startTimeUnixNano: nanoseconds(span.startUs),
    endTimeUnixNano: nanoseconds(span.endUs),
    ...attributeFields(span),
    events: list(span.events, eventObject),
    droppedEventsCount: count(span.droppedEventsCount),
    links: list(span.links, linkObject),
    droppedLinksCount: count(span.droppedLinksCount),
    status: { code: count(span.status.code), message: text(span.status.message) },
  }
}

function eventObject(event: DecodedSpanEvent): object {
  return { timeUnixNano: nanoseconds(event.timeUs), name: text(event.name), ...attributeFields(event) }
}

function linkObject(link: DecodedSpanLink): object {
  return {
    traceId: link.traceId,
    spanId: link.spanId,
    traceState: text(link.traceState),
    ...attributeFields(link),
    flags: link.flags,
  }
}

function logObject(log: DecodedLog): object {
  return {
    timeUnixNano: nanoseconds(log.timeUs),
    observedTimeUnixNano: nanoseconds(log.observedTimeUs),
    severityNumber: count(log.severityNumber),
    severityText: text(log.severityText),
    eventName: text(log.eventName),
    body: log.body === undefined ? undefined : anyValue(log.body),
    ...attributeFields(log),
    flags: log.flags,
    traceId: log.traceId,
    spanId: log.spanId,
  }
}

function attributeFields(owner: Pick<DecodedResource, 'attributes' | 'droppedAttributesCount'>): object {
  return { attributes: keyValues(owner.attributes), droppedAttributesCount: count(owner.droppedAttributesCount) }
}

// Each gives `undefined` for a default value, and JSON leaves the key out.

function text(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value.toWellFormed()
}

function count(value: number): number | undefined {
  return value === 0 ? undefined : value
}

function nanoseconds(micros: number | undefined): string | undefined {
  return nanosOfMicros(micros)?.toString()
}

function list<Item>(items: readonly Item[], toObject: (item: Item) => object): object[] | undefined {
  return items.length === 0 ? undefined : items.map((item) => toObject(item))
}
