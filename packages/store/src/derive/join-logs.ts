import type { JoinRecord, JoinSpan, RecordSubject } from './join-facts.ts'
import { turnsOf, type Turn } from './log-turns.ts'
import { matchRecords } from './match-records.ts'
import { bySpan, byTime } from './same-time.ts'
import { SpanLanes } from './span-lanes.ts'
import { standInSpans, type StandInSpan } from './stand-in-spans.ts'
import { standInTrace, type StandInStep, type StandInTrace } from './stand-in-trace.ts'

/** What the records of a project are to its spans. */
export interface JoinedLogs<Span extends JoinSpan, Rec extends JoinRecord> {
  /** Of each span that has any: its records, in the order in which they speak; `fillOf` says what they add. */
  readonly recordsOf: ReadonlyMap<Span, readonly Rec[]>
  /** By trace, its root first, then in start order. */
  readonly standIns: readonly StandInSpan<Rec>[]
}

/**
 * Joins log records with spans: which belong together, and what stands in where no span came.
 *
 * It decides and moves nothing: spans and records come back as the objects that were given. All is a function of the two
 * sets, so that neither order of arrival nor repetition matters. Both are of one project. A part of a project may be
 * joined alone when with each span and record it has all of the same trace and of the same session.
 *
 * Whose a record is, first rule that holds:
 * 1. One of the GenAI conventions is of the span it names, whenever that comes.
 * 2. A coding agent's is of a span of its kind, a model call, a tool or (for a prompt) an agent, in the trace or session
 *    that it names: of the same call by request or tool call id, else of the span named, else of what took place at the
 *    same time. Times are compared and not places, since spans are lost and come late; but each record of one name gets
 *    a span of its own, the nearest first, so that calls one after the other are told apart.
 * 3. A step that a record stands for and no span came of becomes a stand-in, in a trace of its prompt. Records that only
 *    fill in are of stand-ins by the same rules; those of rule 1 too while the span they name has not come.
 *
 * A trace of stand-ins has only the steps that are missing, and goes with the last of them: no step counts twice. A
 * prompt without any step has a trace until a span of its session starts after it. A prompt that nothing stands for is
 * of the first span of its turn, so that it is deleted with it. No record is of two: a prompt that has its span is only
 * shown by the trace of its missing steps.
 *
 * Spans and records of one key environment are joined with each other alone: a session or call id that somebody names
 * must not bring what another key has sent.
 * @param records each once (`digest`)
 */
export function joinLogs<Span extends JoinSpan, Rec extends JoinRecord>(
  spans: readonly Span[],
  records: readonly Rec[],
): JoinedLogs<Span, Rec> {
  const recordsBy = Map.groupBy(records, (record) => record.keyEnvironment)
  if (recordsBy.size === 0) return { recordsOf: new Map(), standIns: [] }
  const spansBy = Map.groupBy(spans, (span) => span.keyEnvironment)
  const parts = [...recordsBy].map(([environment, own]) => joinPart(spansBy.get(environment) ?? [], own))
  if (parts.length === 1) return parts[0]!
  return {
    recordsOf: new Map(parts.flatMap(({ recordsOf }) => [...recordsOf])),
    standIns: parts.flatMap(({ standIns }) => standIns),
  }
}

/** The join within one key environment. */
function joinPart<Span extends JoinSpan, Rec extends JoinRecord>(
  spans: readonly Span[],
  records: readonly Rec[],
): JoinedLogs<Span, Rec> {
  const lanes = new SpanLanes(spans)
  const spanOf = matchRecords<Span, Rec>(
    records.filter((record) => record.standsFor !== undefined),
    lanes,
  )
  const traces: StandInTrace<Rec>[] = []
  for (const turn of turnsOf(records)) {
    const missing = turn.steps.filter((record) => !spanOf.has(record))
    const stands = missing.length > 0 || isPromptAlone(turn, lanes, spanOf)
    if (stands) traces.push(standInTrace(turn, missing))
    else {
      const unmatched = turn.prompts.filter((record) => !spanOf.has(record))
      for (const prompt of unmatched) spanOf.set(prompt, firstOf(turn, lanes, spanOf)!)
    }
  }
  const steps = traces.flatMap((trace) => trace.steps)
  const found = matchRest(spans, steps, lanes, records)
  const ofSteps = new Map<StandInStep<Rec>, Rec[]>(steps.map((step) => [step, [step.toldBy]]))
  for (const [record, span] of found) {
    const told = ofSteps.get(span as StandInStep<Rec>)
    if (told === undefined) spanOf.set(record, span as Span)
    else told.push(record)
  }
  const standIns = traces.flatMap((trace) => standInSpans(trace, ofSteps, (record) => spanOf.has(record)))
  return { recordsOf: recordsBySpan(spanOf), standIns }
}

/** A prompt of which no step and no span has come, not even one that may be a step's. */
function isPromptAlone<Span extends JoinSpan, Rec extends JoinRecord>(
  turn: Turn<Rec>,
  lanes: SpanLanes<Span>,
  spanOf: ReadonlyMap<Rec, Span>,
): boolean {
  return turn.steps.length === 0 && turn.prompt !== undefined && firstOf(turn, lanes, spanOf) === undefined
}

/** The span that a turn begins with: its prompt's, else the earliest of its steps', else what its session did next. */
function firstOf<Span extends JoinSpan, Rec extends JoinRecord>(
  { prompt, steps, sessionId, nextPromptUs }: Turn<Rec>,
  lanes: SpanLanes<Span>,
  spanOf: ReadonlyMap<Rec, Span>,
): Span | undefined {
  const ofPrompt = prompt && spanOf.get(prompt)
  if (ofPrompt !== undefined) return ofPrompt
  const ofSteps = steps.flatMap((record) => spanOf.get(record) ?? []).toSorted(bySpan)
  return ofSteps[0] ?? (prompt && lanes.firstStarted(sessionId, prompt.timeUs, nextPromptUs))
}

/** Records that stand for nothing, of spans and of stand-ins alike. */
function matchRest<Span extends JoinSpan, Rec extends JoinRecord>(
  spans: readonly Span[],
  steps: readonly StandInStep<Rec>[],
  lanes: SpanLanes<Span>,
  records: readonly Rec[],
): Map<Rec, JoinSpan> {
  const rest = records.filter((record) => record.standsFor === undefined)
  if (steps.length === 0) return matchRecords<JoinSpan, Rec>(rest, lanes)
  const isEarly = (record: Rec): boolean => record.about === 'named' && lanes.named(record) === undefined
  const spanOf = matchRecords<JoinSpan, Rec>(
    rest.filter((record) => !isEarly(record)),
    new SpanLanes<JoinSpan>([...spans, ...steps]),
  )
  const early = rest.filter(isEarly).map((record) => ({ ...record, about: subjectOfEarly(record), record }))
  for (const [{ record }, step] of matchRecords(early, new SpanLanes(steps))) spanOf.set(record, step)
  return spanOf
}

/** What a record is about whose own span has not come. */
function subjectOfEarly({ evaluations }: JoinRecord): RecordSubject {
  return evaluations === undefined ? 'llm' : 'response'
}

function recordsBySpan<Span extends JoinSpan, Rec extends JoinRecord>(
  spanOf: ReadonlyMap<Rec, Span>,
): Map<Span, readonly Rec[]> {
  const groups = Map.groupBy(spanOf.keys(), (record) => spanOf.get(record)!)
  return new Map([...groups].map(([span, records]) => [span, records.toSorted(byTime)]))
}
