import { byStart } from '@tracellm/core'
import { kindOfType, recordStartUs, type JoinRecord, type JoinSpan, type StepKind } from './join-facts.ts'

/**
 * How far the clocks of spans and records may be apart: coding agents give whole milliseconds, and write a record some
 * time after what it tells of has ended.
 */
const slackUs = 50_000

/** Spans of one kind in one trace or session, to be looked up by time. */
interface Lane<Span> {
  /** In start order. */
  readonly spans: readonly Span[]
  /** Of each place, when the last of the spans up to it ended. */
  readonly latestEndUs: readonly number[]
}

/** Where a record may find its span: by name, by the id of the call, by trace or session and time. */
export class SpanLanes<Span extends JoinSpan> {
  readonly #byName: ReadonlyMap<string, Span>
  readonly #byKey: ReadonlyMap<number | undefined, readonly Span[]>
  readonly #lanes = new Map<string, Lane<Span>>()

  constructor(spans: readonly Span[]) {
    this.#byName = new Map(spans.map((span) => [`${span.traceId} ${span.spanId}`, span]))
    this.#byKey = Map.groupBy(spans, (span) => span.callKey)
    this.#addLanes(spans, (span) => `trace ${kindOfType(span.type)} ${span.traceId}`)
    const inSession = spans.filter((span) => span.sessionId !== undefined)
    this.#addLanes(inSession, (span) => `session ${kindOfType(span.type)} ${span.sessionId}`)
    this.#addLanes(inSession, (span) => `session any ${span.sessionId}`)
  }

  /** The span with the ids that a record has. */
  named({ traceId, spanId }: JoinRecord): Span | undefined {
    return spanId === undefined ? undefined : this.#byName.get(`${traceId} ${spanId}`)
  }

  /** Spans with the same call id. A record that says where it belongs finds them there only. */
  sameCall(record: JoinRecord): readonly Span[] {
    if (record.callKey === undefined) return []
    const isAnywhere = record.traceId === undefined && record.sessionId === undefined
    return (this.#byKey.get(record.callKey) ?? []).filter(
      (span) =>
        isAnywhere ||
        span.traceId === record.traceId ||
        (span.sessionId !== undefined && span.sessionId === record.sessionId),
    )
  }

  /** Spans of a kind in the record's trace or session that took place when it says. */
  sameTime(record: JoinRecord, kind: StepKind): Span[] {
    const { traceId, sessionId } = record
    const inTrace = traceId && this.#lanes.get(`trace ${kind} ${traceId}`)
    const inSession = sessionId && this.#lanes.get(`session ${kind} ${sessionId}`)
    return [inTrace, inSession].flatMap((lane) => (lane ? [...near(lane, record)] : []))
  }

  /** The first span of a session that starts within a time, of whatever kind. */
  firstStarted(sessionId: string, fromUs: number, toUs: number): Span | undefined {
    const { spans } = this.#lanes.get(`session any ${sessionId}`) ?? { spans: [] }
    const span = spans[placeAfter(spans, fromUs - slackUs)]
    return span !== undefined && span.startUs < toUs ? span : undefined
  }

  #addLanes(spans: readonly Span[], nameOf: (span: Span) => string): void {
    for (const [name, alike] of Map.groupBy(spans, nameOf)) {
      const inOrder = alike.toSorted(byStart)
      let latestUs = 0
      const latestEndUs = inOrder.map(({ endUs }) => (latestUs = Math.max(latestUs, endUs ?? Infinity)))
      this.#lanes.set(name, { spans: inOrder, latestEndUs })
    }
  }
}

function* near<Span extends JoinSpan>({ spans, latestEndUs }: Lane<Span>, record: JoinRecord): Generator<Span> {
  const fromUs = recordStartUs(record) - slackUs
  for (let place = placeAfter(spans, record.timeUs + slackUs + 1) - 1; place >= 0; place--) {
    if (latestEndUs[place]! < fromUs) return
    if (isAtSameTime(record, spans[place]!)) yield spans[place]!
  }
}

/** The place of the first span that starts at a time or later. */
function placeAfter(spans: readonly JoinSpan[], startUs: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans[middle]!.startUs < startUs) low = middle + 1
    else high = middle
  }
  return low
}

/** A step without length lies in the other, about; of two with a length at least half of the shorter lies in the other. */
function isAtSameTime(record: JoinRecord, { startUs, endUs = Infinity }: JoinSpan): boolean {
  const fromUs = recordStartUs(record)
  const overlapUs = Math.min(record.timeUs, endUs) - Math.max(fromUs, startUs)
  const shorterUs = Math.min(record.timeUs - fromUs, endUs - startUs)
  return shorterUs === 0 ? overlapUs >= -slackUs : overlapUs * 2 >= shorterUs
}

/** Whether a record's time lies within a span's. */
export function isWithin(record: JoinRecord, { startUs, endUs = Infinity }: JoinSpan): boolean {
  return recordStartUs(record) >= startUs - slackUs && record.timeUs <= endUs + slackUs
}

/** How far apart in time they are: ends, and starts where the record knows its own; for what only went in, starts. */
export function distanceUs(record: JoinRecord, { startUs, endUs }: JoinSpan): number {
  const { standsFor, input, output, timeUs } = record
  const isStart = standsFor?.type === 'prompt' || (input !== undefined && output === undefined && !standsFor)
  if (isStart || endUs === undefined) return Math.abs(recordStartUs(record) - startUs)
  const apartUs = Math.abs(timeUs - endUs)
  return standsFor?.durationUs === undefined ? apartUs : apartUs + Math.abs(recordStartUs(record) - startUs)
}
