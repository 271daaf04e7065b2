import { byStart, type LogEvent, type Span, type SpanId, type TraceId } from '@tracellm/core'
import { fillOf, type SpanFill } from './fill-span.ts'
import type { JoinRecord } from './join-facts.ts'
import { byTime } from './same-time.ts'
import type { StandInStep, StandInTrace } from './stand-in-trace.ts'

/** A span made of log records, where no span came of what they tell. `spanOfStandIn` makes it whole. */
export interface StandInSpan<Rec extends JoinRecord> {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly parentId: SpanId | undefined
  readonly type: 'agent' | 'llm' | 'tool'
  readonly name: string
  readonly failed: boolean
  readonly startUs: number
  readonly endUs: number
  /** Whose resource, scope, session and user are the span's, and the attributes where it stands for the step itself. */
  readonly toldBy: Rec
  readonly fill: SpanFill<Rec> | undefined
  /** All that belongs to it, in the order in which they speak. */
  readonly records: readonly Rec[]
}

/** An agent, named by the program, asked what the prompt says, that answers what its last call did; its steps below it. */
export function standInSpans<Rec extends JoinRecord>(
  { turn, traceId, rootId, steps }: StandInTrace<Rec>,
  recordsOf: ReadonlyMap<StandInStep<Rec>, readonly Rec[]>,
  isOfSpan: (record: Rec) => boolean,
): StandInSpan<Rec>[] {
  const children = steps.map((step) => standInStep(step, rootId, recordsOf.get(step)!)).toSorted(byStart)
  const { prompt } = turn
  const toldBy = prompt ?? steps[0]!.toldBy
  const answer = children.findLast(({ type, fill }) => type === 'llm' && fill?.output !== undefined)?.fill?.output
  const fill = { ...(prompt?.input && { input: [prompt] }), ...(answer && { output: answer }) }
  const ends = children.map(({ endUs }) => endUs)
  const root: StandInSpan<Rec> = {
    traceId,
    spanId: rootId,
    parentId: undefined,
    type: 'agent',
    name: prompt?.standsFor?.name ?? toldBy.dialect,
    failed: false,
    startUs: Math.min(prompt?.timeUs ?? Infinity, children[0]?.startUs ?? Infinity),
    endUs: ends.reduce((latestUs, endUs) => Math.max(latestUs, endUs), prompt?.timeUs ?? 0),
    toldBy,
    fill: 'input' in fill || 'output' in fill ? fill : undefined,
    records: turn.prompts.filter((record) => !isOfSpan(record)),
  }
  return [root, ...children]
}

function standInStep<Rec extends JoinRecord>(
  { traceId, spanId, type, startUs, endUs, toldBy }: StandInStep<Rec>,
  parentId: SpanId,
  told: readonly Rec[],
): StandInSpan<Rec> {
  const { standsFor, call, error } = toldBy
  const { name, failed = false } = standsFor!
  const records = told.toSorted(byTime)
  const fill = fillOf({ type, failed, hasInput: false, hasOutput: false, hasTools: false, call, error }, records)
  const whole = { ...fill, ...((call ?? fill?.call) && { call: { ...call, ...fill?.call } }), ...(error && { error }) }
  return { traceId, spanId, parentId, type, name, failed, startUs, endUs, toldBy, fill: whole, records }
}

/** What of a record the span that it tells is made of. */
export type TellingEvent = Pick<
  LogEvent,
  'sessionId' | 'userId' | 'environment' | 'release' | 'toolCallId' | 'attributes' | 'resource' | 'scope' | 'dialect'
>

/**
 * A stand-in as a span, but for its input, output and tools.
 * @param event the one of `toldBy`
 */
export function spanOfStandIn(standIn: StandInSpan<JoinRecord>, event: TellingEvent): Span {
  const { traceId, spanId, parentId, type, name, failed, startUs, endUs, toldBy, fill } = standIn
  const { sessionId, userId, environment, release, toolCallId, resource, scope, dialect } = event
  const tool = { name, ...(toolCallId !== undefined && { callId: toolCallId }) }
  const tellsItself = (toldBy.standsFor?.type === 'prompt') === (type === 'agent')
  return {
    traceId,
    spanId,
    ...(parentId && { parentId }),
    name,
    type,
    kind: type === 'llm' ? 'client' : 'internal',
    status: failed ? 'error' : 'unset',
    ...(fill?.error && { error: fill.error }),
    startUs,
    endUs,
    origin: 'log',
    ...(fill?.call && { call: fill.call }),
    ...(type === 'tool' && { tool }),
    ...(fill?.evaluations && { evaluations: fill.evaluations }),
    context: {
      ...(sessionId !== undefined && { sessionId }),
      ...(userId !== undefined && { userId }),
      ...(environment !== undefined && { environment }),
      ...(release !== undefined && { release }),
    },
    attributes: tellsItself ? event.attributes : {},
    events: [],
    links: [],
    // No mapping has made a span of it.
    source: { resource, scope, dialects: [dialect], usedKeys: [], mappingVersion: 0 },
  }
}
