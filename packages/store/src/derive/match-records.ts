import { kindOfType, type JoinRecord, type JoinSpan, type StepKind } from './join-facts.ts'
import { bySpan, byTime, distanceUs, isWithin } from './same-time.ts'
import type { SpanLanes } from './span-lanes.ts'

/** A record and a span that may be of one step, and how well they fit: of two the lesser figures fit better, in this order. */
interface Pair<Span, Rec> {
  readonly record: Rec
  readonly span: Span
  /** 0 the same call and the span named, 1 the same call, 2 the span named, 3 the same time. */
  readonly bond: 0 | 1 | 2 | 3
  /** 1 in another trace than the record's. */
  readonly elsewhere: 0 | 1
  /** What they say differently of the step. */
  readonly differences: number
  readonly distanceUs: number
}

/**
 * Finds each record its span: the best pair first, and each record and span once.
 *
 * A span is told once by records of one name, and once by those that stand for steps of its kind, whatever their names.
 * What is left over joins a span that is taken where nothing else can be meant: the span named, that of the same call,
 * and for a failed attempt the call that it was made in.
 */
export function matchRecords<Span extends JoinSpan, Rec extends JoinRecord>(
  records: readonly Rec[],
  lanes: SpanLanes<Span>,
): Map<Rec, Span> {
  const spanOf = new Map<Rec, Span>()
  const groups = Map.groupBy(records, ({ about, standsFor, name }) => (standsFor ? about : `${about} ${name}`))
  for (const group of groups.values()) {
    const pairs = group.flatMap((record) => pairsOf(record, lanes)).toSorted(byFit)
    const taken = new Set<Span>()
    for (const { record, span } of pairs) {
      if (spanOf.has(record) || taken.has(span)) continue
      spanOf.set(record, span)
      taken.add(span)
    }
    for (const pair of pairs) if (!spanOf.has(pair.record) && mayShare(pair)) spanOf.set(pair.record, pair.span)
  }
  return spanOf
}

function pairsOf<Span extends JoinSpan, Rec extends JoinRecord>(
  record: Rec,
  lanes: SpanLanes<Span>,
): Pair<Span, Rec>[] {
  const { about } = record
  if (about === 'nothing') return []
  const named = lanes.named(record)
  if (about === 'named') return named === undefined ? [] : [pairOf(record, named, named)]
  const sameCall = lanes.sameCall(record)
  if (about === 'response') return sameCall.map((span) => pairOf(record, span, named))
  const near = [...(named === undefined ? [] : [named]), ...sameCall, ...lanes.sameTime(record, about)]
  const pairs = [...new Set(near)]
    .filter((span) => kindOfType(span.type) === about && !isOtherTool(record, span, about))
    .map((span) => pairOf(record, span, named))
  // Who knows whose it is need not guess by time.
  const sure = pairs.filter(({ bond }) => bond < 3)
  return sure.length > 0 ? sure : pairs
}

/** Tools run side by side, and everybody has the same ids for their calls. Ids of model calls are of more than one make. */
function isOtherTool(record: JoinRecord, span: JoinSpan, about: StepKind): boolean {
  return about === 'tool' && haveOtherKeys(record, span)
}

function pairOf<Span extends JoinSpan, Rec extends JoinRecord>(
  record: Rec,
  span: Span,
  named: Span | undefined,
): Pair<Span, Rec> {
  const isSameCall = record.callKey !== undefined && record.callKey === span.callKey
  return {
    record,
    span,
    bond: isSameCall ? (span === named ? 0 : 1) : span === named ? 2 : 3,
    elsewhere: record.traceId === undefined || record.traceId === span.traceId ? 0 : 1,
    differences: (haveOtherKeys(record, span) ? 2 : 0) + (haveOtherNames(record, span) ? 1 : 0),
    distanceUs: distanceUs(record, span),
  }
}

function haveOtherKeys(record: JoinRecord, span: JoinSpan): boolean {
  return record.callKey !== undefined && span.callKey !== undefined && record.callKey !== span.callKey
}

/** Of the model or the tool. A hint only: what is not to be logged has another name in one of the two. */
function haveOtherNames({ call, standsFor }: JoinRecord, { model, toolName }: JoinSpan): boolean {
  if (standsFor?.type === 'tool') return toolName !== undefined && toolName !== standsFor.name
  const said = call?.responseModel ?? call?.requestModel
  return said !== undefined && model !== undefined && said !== model && call?.requestModel !== model
}

function mayShare({ record, span, bond }: Pair<JoinSpan, JoinRecord>): boolean {
  return bond < 3 || (record.standsFor?.failed === true && isWithin(record, span))
}

function byFit(one: Pair<JoinSpan, JoinRecord>, other: Pair<JoinSpan, JoinRecord>): number {
  return (
    one.bond - other.bond ||
    one.elsewhere - other.elsewhere ||
    one.differences - other.differences ||
    one.distanceUs - other.distanceUs ||
    byTime(one.record, other.record) ||
    bySpan(one.span, other.span)
  )
}
