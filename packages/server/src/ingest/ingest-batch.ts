import { TraceLLMError, type LogEvent, type Span, type TraceId } from '@tracellm/core'
import { logPlaces, mapLog, mapSpan, projectNameOf } from '@tracellm/core/mapping'
import {
  OtlpDecodeError,
  readLogsJson,
  readLogsProtobuf,
  readMetricsJson,
  readMetricsProtobuf,
  readSpansJson,
  readSpansProtobuf,
  type DecodedRequest,
  type DecodeLimits,
  type Signal,
} from '@tracellm/core/otlp'
import type { UserPrices } from '@tracellm/core/prices'
import type { WriteGroup } from '@tracellm/store'
import { limitTable } from '../limits.ts'
import { TextBounds } from './bounds/text-bounds.ts'
import { chooseProject, type RoutedLogEvent, type RoutedSpan } from './choose-project.ts'
import type { Inflated } from './inflate.ts'
import { countJsonObjects } from './json-objects.ts'
import type { DropCount, IngestOutcome, IngestRequest, RejectionCount } from './ingest-request.ts'
import { readPlainTraces } from './plain-request.ts'
import { priceLogEvent, priceSpan } from './price-call.ts'
import type { Redaction } from './redact.ts'

/** What stays the same from request to request. */
export interface IngestContext {
  readonly maxInflatedBytes: number
  readonly maxJsonObjects: number
  readonly decode: DecodeLimits
  readonly redaction: Redaction
  readonly prices: UserPrices | undefined
}

/** What one request wants written, and what is to be said of the rest of it. */
export interface IngestBatch {
  readonly status: 'mapped'
  readonly groups: readonly WriteGroup[]
  readonly spanCount: number
  readonly metrics: ReadonlyMap<string, number>
  readonly rejectedCount: number
  readonly rejections: readonly RejectionCount[]
  readonly drops: readonly DropCount[]
  /** Texts that were too long and are cut; see `TextBounds`. */
  readonly cutTexts: number
  readonly message: string
  readonly traces: readonly { readonly traceId: TraceId; readonly spanCount: number }[]
}

/**
 * Turns one request, of which the body was inflated, into what the store is to write.
 *
 * A malformed record is rejected by its index while the rest is kept, as OTLP's partial success asks. Nothing here
 * looks at what is stored, and nothing throws: a body that is not the message it should be is an outcome.
 */
export function ingestBatch(
  request: IngestRequest,
  inflated: Inflated,
  context: IngestContext,
): IngestBatch | IngestOutcome {
  if (inflated.status === 'malformed')
    return { status: 'malformed', reason: 'bad_compression', message: inflated.reason }
  if (inflated.status === 'too-large') {
    return {
      status: 'too-large',
      reason: 'inflated_body_too_large',
      message: `the body is larger than ${context.maxInflatedBytes} bytes once decompressed`,
    }
  }
  if (request.format === 'json' && countJsonObjects(inflated.bytes, context.maxJsonObjects) > context.maxJsonObjects) {
    return {
      status: 'too-large',
      reason: 'json_too_large',
      message: `the body has more than ${context.maxJsonObjects} objects and lists`,
    }
  }
  try {
    return readers[request.signal](inflated.bytes, request, context)
  } catch (error) {
    return undecodable(error, request.signal)
  }
}

type Reader = (bytes: Uint8Array, request: IngestRequest, context: IngestContext) => IngestBatch | IngestOutcome

const readers: Record<IngestRequest['signal'], Reader> = {
  traces: readSpans,
  logs: readLogs,
  metrics: readMetrics,
  plain: readPlain,
}

function readSpans(bytes: Uint8Array, request: IngestRequest, context: IngestContext): IngestBatch | IngestOutcome {
  const decoded = (request.format === 'json' ? readSpansJson : readSpansProtobuf)(bytes, context.decode)
  if (decoded.lacksIds || isOtherSignal(decoded.likelySignal, 'traces')) return withoutIds(decoded.likelySignal)
  const finish = finishing(context)
  const spans: RoutedSpan[] = decoded.spans.map((one) => ({
    span: finish.span(mapSpan(one, { receivedUs: request.receivedUs })),
    projectName: projectNameOf(one),
  }))
  const groups = chooseProject(request.routing, spans, [])
  return { ...emptyBatch, groups, spanCount: spans.length, ...leftOut(decoded, 'spans', finish.bounds) }
}

function readLogs(bytes: Uint8Array, request: IngestRequest, context: IngestContext): IngestBatch {
  const decoded = (request.format === 'json' ? readLogsJson : readLogsProtobuf)(bytes, context.decode)
  const inPlace = logPlaces()
  const finish = finishing(context)
  const events: RoutedLogEvent[] = decoded.logs.flatMap((log) => {
    const event = mapLog(log, { receivedUs: request.receivedUs })
    if (event === undefined) return []
    return [{ event: finish.logEvent(inPlace(event)), projectName: projectNameOf(log) }]
  })
  const groups = chooseProject(request.routing, [], events)
  return { ...emptyBatch, groups, ...leftOut(decoded, 'logRecords', finish.bounds) }
}

/** Metrics are counted by name; a view that shows them will store them. */
function readMetrics(bytes: Uint8Array, request: IngestRequest, context: IngestContext): IngestBatch {
  const decoded = (request.format === 'json' ? readMetricsJson : readMetricsProtobuf)(bytes, context.decode)
  const bounds = new TextBounds()
  const metrics = new Map<string, number>()
  for (const metric of decoded.metrics) {
    const name = bounds.metricName(metric.name)
    metrics.set(name, (metrics.get(name) ?? 0) + metric.points.length)
  }
  return { ...emptyBatch, metrics, ...leftOut(decoded, 'metrics', bounds) }
}

function readPlain(bytes: Uint8Array, request: IngestRequest, context: IngestContext): IngestBatch {
  const traces = readPlainTraces(bytes, request.receivedUs)
  const finish = finishing(context)
  const spans = traces.flatMap((trace) =>
    trace.spans.map((span) => ({ span: finish.span(span), projectName: undefined })),
  )
  return {
    ...emptyBatch,
    groups: chooseProject(request.routing, spans, []),
    spanCount: spans.length,
    cutTexts: finish.bounds.cutTexts,
    message: cutNote(finish.bounds.cutTexts),
    traces: traces.map((trace) => ({ traceId: trace.traceId, spanCount: trace.spans.length })),
  }
}

/** What is done to each span and log record of a request once it is mapped: secrets out, texts short, calls priced. */
function finishing({ redaction, prices }: IngestContext) {
  const bounds = new TextBounds()
  return {
    bounds,
    span: (span: Span): Span => priceSpan(bounds.span(redaction.span(span)), prices),
    logEvent: (event: LogEvent): LogEvent => priceLogEvent(bounds.logEvent(redaction.logEvent(event)), prices),
  }
}

const emptyBatch: IngestBatch = {
  status: 'mapped',
  groups: [],
  spanCount: 0,
  metrics: new Map(),
  rejectedCount: 0,
  rejections: [],
  drops: [],
  cutTexts: 0,
  message: '',
  traces: [],
}

const { maxRequestItems, maxSpanAttributes } = limitTable

/** How many reasons an answer lists. */
const maxReasons = 5

function leftOut(
  decoded: DecodedRequest,
  noun: string,
  { cutTexts }: TextBounds,
): Pick<IngestBatch, 'rejectedCount' | 'rejections' | 'drops' | 'cutTexts' | 'message'> {
  const { rejected, rejectedCount, tooManyCount, droppedAttributes, droppedParts, warnings } = decoded
  const reasons = rejected.slice(0, maxReasons).map(({ index, reason }) => `${noun}[${index}]: ${reason}`)
  if (rejected.length > maxReasons) reasons.push('and more')
  return {
    rejectedCount,
    rejections: counted([
      { reason: 'malformed_record', count: rejectedCount - tooManyCount },
      { reason: maxRequestItems.counter, count: tooManyCount },
    ]),
    drops: counted([
      { of: 'attributes', reason: maxSpanAttributes.counter, count: droppedAttributes },
      { of: 'events', reason: maxRequestItems.counter, count: droppedParts },
    ]),
    cutTexts,
    message: [
      ...reasons,
      ...warnings,
      dropNote('attributes', maxSpanAttributes.setting, droppedAttributes),
      dropNote('events and links', maxRequestItems.setting, droppedParts),
      cutNote(cutTexts),
    ]
      .filter(Boolean)
      .join('; '),
  }
}

function counted<Counted extends RejectionCount>(counts: readonly Counted[]): Counted[] {
  return counts.filter(({ count }) => count > 0)
}

function dropNote(what: string, setting: string, count: number): string {
  return count === 0 ? '' : `${what} beyond \`${setting}\` are left out: ${count}`
}

function cutNote(cutTexts: number): string {
  return cutTexts === 0 ? '' : `names, ids, tags or metadata that were too long, or too many, are cut: ${cutTexts}`
}

/** No record could be used, and the body looks like something else. */
function isOtherSignal(likely: Signal | undefined, sent: Signal): boolean {
  return likely !== undefined && likely !== sent
}

function withoutIds(likely: Signal | undefined): IngestOutcome {
  return {
    status: 'malformed',
    reason: 'no_ids',
    message: `no span has a trace id and a span id${likely === undefined ? '' : `; the body looks like ${likely}: send it to /v1/${likely}`}`,
  }
}

function undecodable(error: unknown, signal: IngestRequest['signal']): IngestOutcome {
  if (error instanceof OtlpDecodeError) {
    const { likelySignal } = error
    const hint =
      signal === 'plain' || !isOtherSignal(likelySignal, signal)
        ? ''
        : `; the body looks like ${likelySignal}: send it to /v1/${likelySignal}`
    return { status: 'malformed', reason: 'undecodable', message: `${error.message}${hint}` }
  }
  if (error instanceof TraceLLMError && error.status === 400) {
    return { status: 'malformed', reason: 'undecodable', message: error.detail, extra: error.extra }
  }
  return { status: 'failed', message: error instanceof Error ? error.message : String(error) }
}
