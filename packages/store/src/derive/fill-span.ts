import { isCallType, type Cost, type Evaluation, type ModelCall, type SpanError, type Usage } from '@tracellm/core'
import type { Fillable, JoinRecord } from './join-facts.ts'

/** What records add to a span: `StoredFill`, with the records where their content is to be. */
export interface SpanFill<Rec extends JoinRecord> {
  /** Their messages one after the other; the plain value of the only one, where it has one. */
  readonly input?: readonly Rec[]
  readonly output?: readonly Rec[]
  readonly tools?: Rec
  /** The fields that are to stand in the span's call, and only those (`layCall`). */
  readonly call?: ModelCall
  readonly error?: SpanError
  /** Beside the span's own. */
  readonly evaluations?: readonly Evaluation[]
}

/**
 * What its records fill in of what a span leaves out. Nothing that it says itself is changed, but for two figures: a cost
 * that a client reports stands before one that was priced, and where a record knows parts of the usage that the span
 * lacks, the figures of the record stand (`fillUsage`). Whether the span failed stays what the span says.
 * @param records of the span, in the order in which they speak (`recordsOf` of `joinLogs`)
 * @returns `undefined` when they add nothing.
 */
export function fillOf<Rec extends JoinRecord>(span: Fillable, records: readonly Rec[]): SpanFill<Rec> | undefined {
  // A prompt belongs to a call or a tool where no agent has it: it goes when they go, and says nothing about them.
  const speaking = records.filter(({ about }) => about !== 'prompt' || span.type === 'agent')
  const evaluations = speaking.flatMap((record) => record.evaluations ?? [])
  const fill: SpanFill<Rec> = {
    ...(!span.hasInput && contentFrom(speaking, 'input')),
    ...(!span.hasOutput && contentFrom(speaking, 'output')),
    ...(!span.hasTools && toolsFrom(speaking)),
    ...callFrom(span, speaking),
    ...(span.error === undefined && errorFrom(span, speaking)),
    ...(evaluations.length > 0 && { evaluations }),
  }
  return Object.keys(fill).length > 0 ? fill : undefined
}

type Side = 'input' | 'output'

/**
 * Messages that were logged one by one are put together. A record that has the whole stands alone: the one that says
 * most, then the one that stands for the step itself, then the last.
 */
function contentFrom<Rec extends JoinRecord>(records: readonly Rec[], side: Side): { [S in Side]?: readonly Rec[] } {
  const telling = records.filter((record) => record[side] !== undefined)
  const wholes = telling.filter((record) => !record[side]!.isOneOfMany)
  const best = wholes.toSorted((one, other) => completeness(one, other, side)).at(-1)
  if (best !== undefined) return { [side]: [best] }
  return telling.length > 0 ? { [side]: telling } : {}
}

function completeness(one: JoinRecord, other: JoinRecord, side: Side): number {
  return (
    one[side]!.parts - other[side]!.parts || Number(one.standsFor !== undefined) - Number(other.standsFor !== undefined)
  )
}

function toolsFrom<Rec extends JoinRecord>(records: readonly Rec[]): { tools?: Rec } {
  const last = records.findLast((record) => record.hasTools === true)
  return last === undefined ? {} : { tools: last }
}

/** A failed attempt is no failure of a call that came to an end; what is said of this very span is. */
function errorFrom({ failed }: Fillable, records: readonly JoinRecord[]): { error?: SpanError } {
  const last = records.findLast(({ error, about }) => error !== undefined && (failed || about === 'named'))
  return last?.error === undefined ? {} : { error: last.error }
}

/** A call is filled in where there is one: model calls, and what already shows the sum of some. */
function callFrom(span: Fillable, records: readonly JoinRecord[]): { call?: ModelCall } {
  if (!isCallType(span.type) && span.call === undefined) return {}
  const own: ModelCall = span.call ?? {}
  const whole = records.reduce((call, { call: told }) => (told === undefined ? call : fillCall(call, told)), own)
  const added = Object.entries(whole).filter(([field, value]) => own[field as keyof ModelCall] !== value)
  return added.length > 0 ? { call: Object.fromEntries(added) } : {}
}

function fillCall(own: ModelCall, told: ModelCall): ModelCall {
  const usage = fillUsage(own.usage, told.usage)
  const areTold = usage !== own.usage
  const cost = fillCost(own.cost, told.cost, areTold)
  return { ...told, ...own, ...(usage && { usage }), ...(cost && { cost }) }
}

const parts = ['inputTokens', 'outputTokens', 'cacheReadTokens', 'cacheWriteTokens', 'reasoningTokens'] as const

/**
 * The usage of a call that a span and a record tell of.
 *
 * Parts lie within wholes, and a client that leaves out a part in one place has left it out of the whole there as well:
 * Gemini CLI's spans have neither thoughts nor an output with them, its records have both. So a record that knows a part
 * which the span lacks gives all figures that it has, and the span those that only it has; else the span's stand. Should
 * parts and wholes not fit each other then, the two tell of different things, and the span's stand too.
 */
function fillUsage(own: Usage | undefined, told: Usage | undefined): Usage | undefined {
  if (own === undefined || told === undefined) return own ?? told
  const isMore = parts.some((part) => told[part] !== undefined && own[part] === undefined)
  const figures = isMore ? { ...own, ...told } : own
  const { modalities = told.modalities } = own
  const usage = { ...(areWithin(figures) ? figures : own), ...(modalities && { modalities }) }
  return parts.every((part) => usage[part] === own[part]) && modalities === own.modalities ? own : usage
}

function areWithin(usage: Usage): boolean {
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0, reasoningTokens = 0 } = usage
  return (
    (inputTokens === undefined || cacheReadTokens + cacheWriteTokens <= inputTokens) &&
    (outputTokens === undefined || reasoningTokens <= outputTokens)
  )
}

/** Reported before priced, the span's before the record's; a price goes with the figures that it was made of. */
function fillCost(own: Cost | undefined, told: Cost | undefined, areFiguresTold: boolean): Cost | undefined {
  if (own === undefined || told === undefined) return own ?? told
  if (own.source === told.source) return own.source === 'priced' && areFiguresTold ? told : own
  return own.source === 'reported' ? own : told
}
