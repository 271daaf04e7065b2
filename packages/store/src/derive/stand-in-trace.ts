import type { SpanId, TraceId } from '@tracellm/core'
import { bodyHash, hexOfHash } from '../bodies/index.ts'
import type { JoinRecord, JoinSpan } from './join-facts.ts'
import { markOf, type Turn } from './log-turns.ts'
import { recordStartUs } from './same-time.ts'

/** A step that only a record tells of, with what other records need to find it. */
export interface StandInStep<Rec> extends JoinSpan {
  readonly type: 'llm' | 'tool'
  readonly endUs: number
  readonly toldBy: Rec
}

/** A trace of steps that no span came of. */
export interface StandInTrace<Rec> {
  readonly turn: Turn<Rec>
  readonly traceId: TraceId
  readonly rootId: SpanId
  readonly steps: readonly StandInStep<Rec>[]
}

/**
 * The trace of a turn, of those of its steps that no span came of.
 *
 * Ids are hashes of key environment, session, prompt and the record's number (else of its time and content), so that they are the same
 * whenever it is made, and other than those of a trace that somebody sends.
 * @param missing of the turn's steps, in order
 */
export function standInTrace<Rec extends JoinRecord>(turn: Turn<Rec>, missing: readonly Rec[]): StandInTrace<Rec> {
  const keyEnvironment = (missing[0] ?? turn.prompts[0])?.keyEnvironment
  const owner = keyEnvironment === undefined ? '' : `\nof a key of ${keyEnvironment}`
  const traceName = `trace of log records\n${turn.sessionId}\n${turn.key}${owner}`
  const traceId = hexOf(traceName) as TraceId
  const marks = new Map<string, number>()
  const steps = missing.map((record): StandInStep<Rec> => {
    const { standsFor, call, callKey, timeUs } = record
    const mark = markOf(record)
    const sameBefore = marks.get(mark) ?? 0
    marks.set(mark, sameBefore + 1)
    const type = standsFor!.type === 'tool' ? 'tool' : 'llm'
    return {
      traceId,
      spanId: spanIdOf(`${traceName}\n${mark}${sameBefore === 0 ? '' : ` again ${sameBefore}`}`),
      type,
      startUs: recordStartUs(record),
      endUs: timeUs,
      sessionId: turn.sessionId,
      keyEnvironment,
      callKey,
      toolName: type === 'tool' ? standsFor!.name : undefined,
      model: call?.responseModel ?? call?.requestModel,
      toldBy: record,
    }
  })
  return { turn, traceId, rootId: spanIdOf(`${traceName}\nroot`), steps }
}

function spanIdOf(name: string): SpanId {
  return hexOf(name).slice(0, 16) as SpanId
}

function hexOf(name: string): string {
  return hexOfHash(bodyHash(name))
}
