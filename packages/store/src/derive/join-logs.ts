import type { Evaluation, ModelCall, SpanError, SpanId, TraceId } from '@tracellm/core'
import type { Fillable, JoinRecord, JoinSpan } from './join-facts.ts'

/**
 * The join of log records with spans: who belongs to whom, what is filled in, and what stands in where no span came.
 *
 * It decides and moves nothing: records come back as the objects that were given, and who called knows where their
 * content lies. All of it is a function of the two sets (standing spans, distinct records), so neither the order of
 * arrival nor repetition matters. Spans and records meet within one project only; a part of a project may be joined
 * alone when it has, with each record or span, everything of the same trace and everything of the same session.
 *
 * Whose record it is, first rule that holds:
 * - One of the GenAI conventions that names a span belongs to that span.
 * - A coding agent's belongs to a span of its kind (llm, tool; agent for a prompt) in the trace or session it names:
 *   that with the same request or tool call id, else the very span named, else the one that took place at the same time;
 *   of several the nearest in time, and records of one name each have a span of their own.
 * - Where no span is left for a record that stands for a step, the record becomes a stand-in, and records that only fill
 *   in belong to stand-ins by the same rules.
 */
export interface JoinedLogs<Span extends JoinSpan, Rec extends JoinRecord> {
  /** Of each span that has any: its records in the order in which they speak. */
  readonly recordsOf: ReadonlyMap<Span, readonly Rec[]>
  /** One trace for each prompt of which some step came as no span; roots first, then by start. */
  readonly standIns: readonly StandInSpan<Rec>[]
}

/** A span made of log records. Its ids are hashes of session, prompt and sequence, so it is the same whenever it is made. */
export interface StandInSpan<Rec extends JoinRecord> {
  readonly traceId: TraceId
  readonly spanId: SpanId
  readonly parentId: SpanId | undefined
  readonly type: 'agent' | 'llm' | 'tool'
  readonly name: string
  readonly failed: boolean
  readonly startUs: number
  readonly endUs: number
  /** The record whose resource, scope, attributes, session and user are the span's. */
  readonly toldBy: Rec
  /** What it has of its records. */
  readonly fill: SpanFill<Rec>
  /** All records it is made of: they go when its trace is deleted. */
  readonly records: readonly Rec[]
}

/** What records add to a span (`StoredFill`, with the records where their content is to be). */
export interface SpanFill<Rec extends JoinRecord> {
  /** Their messages one after the other, or the plain value of the only one. */
  readonly input?: readonly Rec[]
  readonly output?: readonly Rec[]
  readonly tools?: Rec
  /** Exactly the fields that are to stand in the span's call (`layCall`). */
  readonly call?: ModelCall
  readonly error?: SpanError
  /** Beside the span's own. */
  readonly evaluations?: readonly Evaluation[]
}

/**
 * What a span's records fill in of what it leaves out.
 * @param records of that span, in the order of `recordsOf`
 * @returns `undefined` when they add nothing.
 */
export declare function fillOf<Rec extends JoinRecord>(
  span: Fillable,
  records: readonly Rec[],
): SpanFill<Rec> | undefined

/** @param records distinct ones */
export declare function joinLogs<Span extends JoinSpan, Rec extends JoinRecord>(
  spans: readonly Span[],
  records: readonly Rec[],
): JoinedLogs<Span, Rec>
