import { analyseTrace, liftContext, type Content, type LogEvent, type Span, type TraceId } from '@tracellm/core'
import { layCall } from '../bodies/index.ts'
import { fillOf, type SpanFill } from '../derive/fill-span.ts'
import { fillableOf, joinRecordOf, joinSpanOf, type JoinRecord, type JoinSpan } from '../derive/join-facts.ts'
import { joinLogs } from '../derive/join-logs.ts'
import { spanOfStandIn } from '../derive/stand-in-spans.ts'
import type { KeptTrace } from './kept-trace.ts'

/** The spans of a trace as they stand with the log records of its project joined, and the records it is made of. */
export interface JoinedTrace {
  readonly keyEnvironment: string | undefined
  readonly spans: Span[]
  readonly digests: Set<number>
}

/** A log record, with the key environment that it belongs to. */
export interface KeptEvent {
  readonly event: LogEvent
  readonly keyEnvironment: string | undefined
}

/** Joins all traces of a project with all its log records, by their digests. Traces of stand-ins are there as well. */
export function joinProject(
  traces: readonly KeptTrace[],
  events: ReadonlyMap<number, KeptEvent>,
): ReadonlyMap<TraceId, JoinedTrace> {
  const joined = new Map<TraceId, JoinedTrace>()
  const spans = new Map(traces.flatMap(joinSpansOf))
  const allRecords = [...events.values()].map(({ event, keyEnvironment }) => ({
    ...joinRecordOf(event),
    keyEnvironment,
  }))
  const { recordsOf, standIns } = joinLogs([...spans.keys()], allRecords)
  const eventOf = ({ digest }: JoinRecord): LogEvent => events.get(digest)!.event
  const known = new Map(traces.map((kept) => [kept.traceId, kept]))

  for (const [seen, span] of spans) {
    const records = recordsOf.get(seen) ?? []
    const fill = fillOf(fillableOf(span), records)
    put(joined, fill === undefined ? span : fillSpan(span, fill, eventOf), records, seen.keyEnvironment)
  }
  for (const standIn of standIns) {
    const { keyEnvironment } = standIn.toldBy
    const kept = known.get(standIn.traceId)
    // Somebody has guessed the id before.
    if (kept !== undefined && kept.keyEnvironment !== keyEnvironment) continue
    const span = spanOfStandIn(standIn, eventOf(standIn.toldBy))
    put(joined, { ...span, ...contentOf(standIn.fill ?? {}, eventOf) }, standIn.records, keyEnvironment)
  }
  return joined
}

function joinSpansOf(kept: KeptTrace): [JoinSpan, Span][] {
  if (kept.spans.size === 0) return []
  const { rootFirst } = analyseTrace([...kept.spans.values()])
  const { sessionId } = liftContext(rootFirst.map((span) => span.context))
  const { keyEnvironment } = kept
  return rootFirst.map((span) => [{ ...joinSpanOf(span, sessionId), keyEnvironment }, span])
}

function put(
  joined: Map<TraceId, JoinedTrace>,
  span: Span,
  records: readonly JoinRecord[],
  keyEnvironment: string | undefined,
): void {
  const trace = joined.get(span.traceId) ?? { keyEnvironment, spans: [], digests: new Set() }
  trace.spans.push(span)
  for (const { digest } of records) trace.digests.add(digest)
  joined.set(span.traceId, trace)
}

type EventOf = (record: JoinRecord) => LogEvent

/** Content and error where the span has none, evaluations beside its own, and of the call what is to stand. */
function fillSpan(span: Span, fill: SpanFill<JoinRecord>, eventOf: EventOf): Span {
  const evaluations = [...(span.evaluations ?? []), ...(fill.evaluations ?? [])]
  return {
    ...contentOf(fill, eventOf),
    ...(fill.error && { error: fill.error }),
    ...span,
    ...(fill.call && { call: layCall(span.call, fill.call) }),
    ...(evaluations.length > 0 && { evaluations }),
  }
}

function contentOf(fill: SpanFill<JoinRecord>, eventOf: EventOf): Pick<Span, 'input' | 'output' | 'toolDefinitions'> {
  return {
    ...(fill.input && { input: sideOf(fill.input.map(eventOf), 'input', 'inputValue') }),
    ...(fill.output && { output: sideOf(fill.output.map(eventOf), 'output', 'outputValue') }),
    ...(fill.tools && { toolDefinitions: eventOf(fill.tools).toolDefinitions! }),
  }
}

function sideOf(
  events: readonly LogEvent[],
  messages: 'input' | 'output',
  plain: 'inputValue' | 'outputValue',
): Content {
  const [first] = events
  if (first![messages] === undefined) return { form: 'value', value: first![plain]! }
  return { form: 'messages', messages: events.flatMap((event) => event[messages] ?? []) }
}
