import { Allowance, defaultDecodeLimits, type DecodeLimits } from './allowance.ts'
import { OtlpDecodeError } from './decode-error.ts'
import type { LogRequest } from './log-request.ts'
import type { MetricRequest } from './metric-request.ts'
import { guessSignal } from './protobuf/guess-signal.ts'
import { readLog } from './protobuf/read-log.ts'
import { readMetric } from './protobuf/read-metric.ts'
import { readResource, readScope } from './protobuf/read-source.ts'
import { readSpan } from './protobuf/read-span.ts'
import { forEachNested, WireReader } from './protobuf/wire-reader.ts'
import { RecordList, type UnusableRecord } from './record-list.ts'
import type { DecodedRequest, DecodedResource, DecodedScope, Signal } from './request.ts'
import type { SpanRequest } from './span-request.ts'

/**
 * The spans of an ExportTraceServiceRequest in protobuf. An empty body is an empty request.
 * @throws OtlpDecodeError when the wire format is broken anywhere.
 */
export function readSpansProtobuf(body: Uint8Array, limits: DecodeLimits = defaultDecodeLimits): SpanRequest {
  const { list, notes } = readRequest(body, 'traces', readSpan, limits)
  return { spans: list.records, lacksIds: list.allLackIds, ...notes }
}

/**
 * The log records of an ExportLogsServiceRequest in protobuf. An empty body is an empty request.
 * @throws OtlpDecodeError when the wire format is broken anywhere.
 */
export function readLogsProtobuf(body: Uint8Array, limits: DecodeLimits = defaultDecodeLimits): LogRequest {
  const { list, notes } = readRequest(body, 'logs', readLog, limits)
  return { logs: list.records, ...notes }
}

/**
 * The metrics of an ExportMetricsServiceRequest in protobuf. An empty body is an empty request.
 * @throws OtlpDecodeError when the wire format is broken anywhere.
 */
export function readMetricsProtobuf(body: Uint8Array, limits: DecodeLimits = defaultDecodeLimits): MetricRequest {
  const { list, notes } = readRequest(body, 'metrics', readMetric, limits)
  return { metrics: list.records, ...notes }
}

type ReadRecord<Kept> = (
  reader: WireReader,
  end: number,
  resource: DecodedResource,
  scope: DecodedScope,
  allowance: Allowance,
) => Kept | UnusableRecord

/** The three requests differ in their records only: request > 1 resource > 2 scope > 2 record. */
function readRequest<Kept extends object>(
  body: Uint8Array,
  signal: Signal,
  readRecord: ReadRecord<Kept>,
  limits: DecodeLimits,
): { list: RecordList<Kept>; notes: DecodedRequest } {
  const allowance = new Allowance(limits)
  const list = new RecordList<Kept>(allowance)
  const reader = new WireReader(body)
  try {
    forEachNested(reader, body.length, 0x0a, (resourceEnd) => {
      const resource = readResource(reader, resourceEnd, allowance)
      forEachNested(reader, resourceEnd, 0x12, (scopeEnd) => {
        const scope = readScope(reader, scopeEnd, allowance)
        forEachNested(reader, scopeEnd, 0x12, (end) => {
          list.add(() => readRecord(reader, end, resource, scope, allowance))
          reader.position = end
        })
      })
    })
  } catch (error) {
    throw error instanceof OtlpDecodeError ? error.guessing(guessSignal(body, signal)) : error
  }
  return { list, notes: list.notes(list.allRejected ? guessSignal(body, signal) : undefined) }
}
