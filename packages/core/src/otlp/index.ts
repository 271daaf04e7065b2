/** OTLP requests to plain objects and back, in protobuf and JSON, for any runtime. Source: opentelemetry-proto 1.x and the OTLP specification. */
export { defaultDecodeLimits, type DecodeLimits } from './allowance.ts'
export { cutMarker, maxDepth, noAttributes, type Attributes, type AttributeValue } from './any-value.ts'
export { OtlpDecodeError } from './decode-error.ts'
export {
  writeExportAnswerJson,
  writeExportAnswerProtobuf,
  writeStatusJson,
  writeStatusProtobuf,
  type ExportAnswer,
  type RpcStatus,
} from './export-answer.ts'
export type { DecodedLog, LogRequest } from './log-request.ts'
export type { DecodedMetric, DecodedPoint, MetricKind, MetricRequest, TemporalityNumber } from './metric-request.ts'
export { readLogsJson, readMetricsJson, readSpansJson } from './read-json.ts'
export { readLogsProtobuf, readMetricsProtobuf, readSpansProtobuf } from './read-protobuf.ts'
export type { DecodedRequest, DecodedResource, DecodedScope, RecordRejection, Signal } from './request.ts'
export type {
  DecodedSpan,
  DecodedSpanEvent,
  DecodedSpanLink,
  DecodedStatus,
  SpanKindNumber,
  SpanRequest,
  StatusCodeNumber,
} from './span-request.ts'
export { writeLogsJson, writeSpansJson } from './write-json.ts'
export { writeLogsProtobuf, writeSpansProtobuf } from './write-protobuf.ts'
