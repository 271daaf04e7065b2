import type { Evaluation, LogEvent, ModelCall, TraceId } from '@tracellm/core'
import { array, constant, constantFrom, integer, nat, oneof, option, record, type Arbitrary } from 'fast-check'
import { eventOf } from './log-samples.ts'
import { spanIdOf, textMessage, traceIdOf } from './span-samples.ts'

/**
 * Log records as GenAI instrumentations and coding agents write them, about the spans of `traceArbitrary` (traces 1 to 3)
 * and about steps that no span tells: with and without ids, of one prompt or none, twice, and out of order.
 */
export const logArbitrary: Arbitrary<readonly LogEvent[]> = array(oneof(conventionEvent(), agentEvent()), {
  maxLength: 12,
}).map((events) => events.map((event) => JSON.parse(JSON.stringify(event)) as LogEvent))

/** Where a record says that it belongs, if at all. */
interface Place {
  readonly traceId?: TraceId | undefined
  readonly spanId?: LogEvent['spanId']
  readonly sessionId?: string | undefined
}

function conventionEvent(): Arbitrary<LogEvent> {
  return record({
    name: constantFrom(
      'gen_ai.client.inference.operation.details',
      'gen_ai.user.message',
      'gen_ai.choice',
      'gen_ai.evaluation.result',
    ),
    place: placeArbitrary({ noSpan: 5, noSession: 2 }),
    afterUs: timeArbitrary(),
    requestId: option(constantFrom('id 1', 'id 2'), { nil: undefined, freq: 2 }),
    input: option(constantFrom([textMessage('user', 'What is the weather?')], []), { nil: undefined }),
    output: option(constant([textMessage('assistant', 'It rains.')]), { nil: undefined }),
    toolDefinitions: option(constant([{ name: 'search' }]), { nil: undefined, freq: 2 }),
    error: option(constant({ message: 'cut off' }), { nil: undefined, freq: 2 }),
    call: option(callArbitrary(), { nil: undefined }),
    evaluation: evaluationArbitrary(),
  }).map(({ place, evaluation, ...said }) =>
    said.name === 'gen_ai.evaluation.result'
      ? eventOf({ name: said.name, ...place, requestId: said.requestId, evaluations: [evaluation] })
      : eventOf({ ...said, ...place }),
  )
}

function agentEvent(): Arbitrary<LogEvent> {
  return record({
    kind: constantFrom('prompt', 'llm', 'llm', 'tool', 'answer', 'note'),
    place: placeArbitrary({ noSpan: 2, noSession: 10 }),
    promptId: option(constantFrom('prompt 1', 'prompt 2'), { nil: undefined, freq: 5 }),
    sequence: option(nat(20), { nil: undefined, freq: 5 }),
    afterUs: timeArbitrary(),
    durationUs: option(constantFrom(0, 1_000_000, 4_000_000), { nil: undefined, freq: 5 }),
    failed: constantFrom(undefined, undefined, true),
    id: option(constantFrom('id 1', 'id 2', 'id 3'), { nil: undefined }),
    call: callArbitrary(),
    note: constantFrom('short', 'long '.repeat(1000)),
  }).map(({ kind, id, durationUs, failed, call, note, place, ...said }) => {
    const step = { ...said, ...place, userId: 'anna', attributes: { note } }
    const stands = { durationUs, failed }
    switch (kind) {
      case 'prompt': {
        const input = [textMessage('user', 'Go on.')]
        return eventOf({ ...step, name: 'agent.user_prompt', input, standsFor: { type: 'prompt', name: 'prompt' } })
      }
      case 'llm': {
        const standsFor = { ...stands, type: 'llm', name: 'api_request' } as const
        return eventOf({ ...step, name: 'agent.api_request', requestId: id, call, standsFor })
      }
      case 'tool': {
        const standsFor = { ...stands, type: 'tool', name: 'search' } as const
        const inputValue = { query: 'weather' }
        return eventOf({ ...step, name: 'agent.tool_result', toolCallId: id, inputValue, standsFor })
      }
      case 'answer': {
        const output = [textMessage('assistant', 'It rains.')]
        return eventOf({ ...step, name: 'agent.api_response', requestId: id, output })
      }
      default:
        return eventOf({ ...step, name: 'agent.note' })
    }
  })
}

/** When what a record tells of ended, on the grid on which the spans of `traceArbitrary` lie. */
function timeArbitrary(): Arbitrary<number> {
  return record({ start: oneof(nat(20), nat(400)), tenths: nat(60), lateUs: nat(2000) }).map(
    ({ start, tenths, lateUs }) => start * 10_000_000 + tenths * 100_000 + lateUs,
  )
}

/** @param noSpan one of so many names no span; `noSession` likewise */
function placeArbitrary({ noSpan, noSession }: { noSpan: number; noSession: number }): Arbitrary<Place> {
  const place = record({
    traceId: option(integer({ min: 1, max: 3 }).map(traceIdOf), { nil: undefined, freq: Math.max(2, noSpan) }),
    spanId: option(integer({ min: 1, max: 9 }).map(spanIdOf), { nil: undefined, freq: noSpan }),
    sessionId: option(constantFrom('session 1', 'session 2'), { nil: undefined, freq: noSession }),
  })
  return oneof({ weight: 9, arbitrary: place }, { weight: 1, arbitrary: constant({}) })
}

function evaluationArbitrary(): Arbitrary<Evaluation> {
  return record({ name: constantFrom('relevance', 'tone'), value: nat(10), target: constant('span' as const) })
}

function callArbitrary(): Arbitrary<ModelCall> {
  const tokens = option(nat(5000), { nil: undefined })
  return record({
    requestModel: constantFrom('small', 'large'),
    usage: record({ inputTokens: tokens, outputTokens: tokens, cacheReadTokens: tokens }),
    cost: option(record({ nanoUsd: nat(9_000_000), source: constantFrom('reported', 'priced') }), { nil: undefined }),
  })
}
