import { Allowance, defaultDecodeLimits, type DecodeLimits } from './allowance.ts'
import { OtlpDecodeError } from './decode-error.ts'
import {
  fieldsOf,
  forEachIn,
  isGiven,
  isJsonFields,
  typeFault,
  wrongType,
  type JsonFields,
} from './json/json-fields.ts'
import { readLog } from './json/read-log.ts'
import { countPoints, readMetric } from './json/read-metric.ts'
import { readResource, readScope } from './json/read-source.ts'
import { readSpan } from './json/read-span.ts'
import type { LogRequest } from './log-request.ts'
import type { MetricRequest } from './metric-request.ts'
import { RecordList, type UnusableRecord } from './record-list.ts'
import type { DecodedRequest, DecodedResource, DecodedScope, Signal } from './request.ts'
import type { SpanRequest } from './span-request.ts'

/**
 * The spans of an ExportTraceServiceRequest in JSON, as UTF-8. `{}` is an empty request.
 * @throws OtlpDecodeError when it is not JSON, not this request, or has a wrong type above its spans.
 */
export function readSpansJson(body: Uint8Array, limits: DecodeLimits = defaultDecodeLimits): SpanRequest {
  const { list, notes } = readRequest(body, 'traces', readSpan, limits)
  return { spans: list.records, lacksIds: list.allLackIds, ...notes }
}

/**
 * The log records of an ExportLogsServiceRequest in JSON, as UTF-8. `{}` is an empty request.
 * @throws OtlpDecodeError when it is not JSON, not this request, or has a wrong type above its records.
 */
export function readLogsJson(body: Uint8Array, limits: DecodeLimits = defaultDecodeLimits): LogRequest {
  const { list, notes } = readRequest(body, 'logs', readLog, limits)
  return { logs: list.records, ...notes }
}

/**
 * The metrics of an ExportMetricsServiceRequest in JSON, as UTF-8. `{}` is an empty request.
 * @throws OtlpDecodeError when it is not JSON, not this request, or has a wrong type above its metrics.
 */
export function readMetricsJson(body: Uint8Array, limits: DecodeLimits = defaultDecodeLimits): MetricRequest {
  const { list, notes } = readRequest(body, 'metrics', readMetric, limits)
  return { metrics: list.records, ...notes }
}

type ReadRecord<Kept> = (
  fields: JsonFields,
  resource: DecodedResource,
  scope: DecodedScope,
  allowance: Allowance,
) => Kept | UnusableRecord

/** What the three requests call their layers, from the outside in, and the outer one in the snake_case that is no key. */
const layers = {
  traces: { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans', snake: 'resource_spans' },
  logs: { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords', snake: 'resource_logs' },
  metrics: { resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics', snake: 'resource_metrics' },
} as const

const signals = ['traces', 'logs', 'metrics'] as const

/** The three requests differ in their records and in the names of the layers around them. */
function readRequest<Kept extends object>(
  body: Uint8Array,
  signal: Signal,
  readRecord: ReadRecord<Kept>,
  limits: DecodeLimits,
): { list: RecordList<Kept>; notes: DecodedRequest } {
  const request = parseBody(body)
  refuseOtherSignals(request, signal)
  const { resources, scopes, records, snake } = layers[signal]
  const allowance = new Allowance(limits)
  const list = new RecordList<Kept>(allowance)
  forEachIn(request, resources, (resourceItem) => {
    const resourceLayer = fieldsOf(resourceItem)
    const resource = readResource(resourceLayer, allowance)
    forEachIn(resourceLayer, scopes, (scopeItem) => {
      const scopeLayer = fieldsOf(scopeItem)
      const scope = readScope(scopeLayer, allowance)
      forEachIn(scopeLayer, records, (item) => {
        list.add(() => recordOrReason(item, signal, (fields) => readRecord(fields, resource, scope, allowance)))
      })
    })
  })
  const isSnake = isGiven(request[snake]) && !isGiven(request[resources])
  return { list, notes: list.notes(undefined, isSnake ? [`${snake} is not read: OTLP/JSON says ${resources}`] : []) }
}

function parseBody(body: Uint8Array): JsonFields {
  if (body.length === 0) throw new OtlpDecodeError('the body is empty; an empty request is {} in JSON')
  let request: unknown
  try {
    request = JSON.parse(new TextDecoder().decode(body))
  } catch (error) {
    throw new OtlpDecodeError(`the body is not valid JSON${faultPlace(error)}`)
  }
  if (!isJsonFields(request)) throw wrongType('an object', request)
  return request
}

/** What the parser says of the place, where it says it; the rest of its words would quote the body. */
function faultPlace(error: unknown): string {
  const position = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined
  return position === undefined ? '' : ` from character ${position} on`
}

/** A body for another path is no empty request: its sender would never hear that nothing was kept. */
function refuseOtherSignals(request: JsonFields, signal: Signal): void {
  if (isGiven(request[layers[signal].resources])) return
  const other = signals.find((candidate) => candidate !== signal && isGiven(request[layers[candidate].resources]))
  if (other === undefined) return
  throw new OtlpDecodeError(`this path takes ${signal}, the body holds ${layers[other].resources}`, {
    likelySignal: other,
  })
}

/** A wrong type inside a record costs that record, not the request. */
function recordOrReason<Kept>(
  item: unknown,
  signal: Signal,
  read: (fields: JsonFields) => Kept | UnusableRecord,
): Kept | UnusableRecord {
  if (!isJsonFields(item)) return { unusable: typeFault('an object', item) }
  try {
    return read(item)
  } catch (error) {
    if (!(error instanceof OtlpDecodeError)) throw error
    return { unusable: error.message, count: signal === 'metrics' ? countPoints(item) : 1 }
  }
}
