import { kindOfType, type JoinRecord, type JoinSpan, type StepKind } from './join-facts.ts'
import { bySpan, isAtSameTime, recordStartUs, slackUs } from './same-time.ts'

/** Spans of one kind in one trace or session, to be looked up by time. */
interface Lane<Span> {
  /** In start order. */
  readonly spans: readonly Span[]
  /** Of each place, when the last of the spans up to it ended that have an end. */
  readonly latestEndUs: readonly number[]
  /** Those without an end, which would be near everything after them. */
  readonly open: readonly Span[]
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
    return [inTrace, inSession].flatMap((lane) => (lane ? near(lane, record) : []))
  }

  /** The first span of a session that starts within a time, of whatever kind. */
  firstStarted(sessionId: string, fromUs: number, toUs: number): Span | undefined {
    const { spans } = this.#lanes.get(`session any ${sessionId}`) ?? { spans: [] }
    const span = spans[placeAfter(spans, fromUs - slackUs)]
    return span !== undefined && span.startUs < toUs ? span : undefined
  }

  #addLanes(spans: readonly Span[], nameOf: (span: Span) => string): void {
    for (const [name, alike] of Map.groupBy(spans, nameOf)) {
      const inOrder = alike.toSorted(bySpan)
      let latestUs = 0
      const latestEndUs = inOrder.map(({ endUs }) => (latestUs = Math.max(latestUs, endUs ?? 0)))
      this.#lanes.set(name, { spans: inOrder, latestEndUs, open: inOrder.filter(isOpen) })
    }
  }
}

function near<Span extends JoinSpan>({ spans, latestEndUs, open }: Lane<Span>, record: JoinRecord): Span[] {
  const found = open.filter((span) => isAtSameTime(record, span))
  const fromUs = recordStartUs(record) - slackUs
  for (let place = placeAfter(spans, record.timeUs + slackUs + 1) - 1; place >= 0; place--) {
    if (latestEndUs[place]! < fromUs) break
    const span = spans[place]!
    if (!isOpen(span) && isAtSameTime(record, span)) found.push(span)
  }
  return found
}

function isOpen({ endUs }: JoinSpan): boolean {
  return endUs === undefined
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
