import type { LogEvent, ModelCall } from '@tracellm/core'
import { array, boolean, constant, constantFrom, nat, oneof, option, record, type Arbitrary } from 'fast-check'
import { eventOf } from './log-samples.ts'
import { spanIdOf, textMessage, traceIdOf } from './span-samples.ts'

/**
 * Log records as GenAI instrumentations and coding agents write them, about the spans of `traceArbitrary` (trace 1) and
 * about steps that no span tells: with and without ids, of one prompt or none, twice, and out of order.
 */
export const logArbitrary: Arbitrary<readonly LogEvent[]> = array(oneof(conventionEvent(), agentEvent()), {
  maxLength: 12,
}).map((events) => events.map((event) => JSON.parse(JSON.stringify(event)) as LogEvent))

function conventionEvent(): Arbitrary<LogEvent> {
  return record({
    name: constantFrom('gen_ai.client.inference.operation.details', 'gen_ai.user.message', 'gen_ai.choice'),
    id: nat(6),
    afterUs: nat(3_000_000_000),
    input: option(constant([textMessage('user', 'What is the weather?')]), { nil: undefined }),
    output: option(constant([textMessage('assistant', 'It rains.')]), { nil: undefined }),
    call: option(callArbitrary(), { nil: undefined }),
  }).map(({ id, ...said }) => eventOf({ ...said, traceId: traceIdOf(1), spanId: spanIdOf(id) }))
}

function agentEvent(): Arbitrary<LogEvent> {
  const kinds = {
    prompt: { name: 'agent.user_prompt', standsFor: { type: 'prompt', name: 'prompt' } },
    llm: { name: 'agent.api_request', standsFor: { type: 'llm', name: 'api_request', durationUs: 2_000_000 } },
    tool: { name: 'agent.tool_result', standsFor: { type: 'tool', name: 'search', durationUs: 1_000_000 } },
    note: { name: 'agent.note' },
  } as const
  return record({
    kind: constantFrom('prompt' as const, 'llm' as const, 'llm' as const, 'tool' as const, 'note' as const),
    sessionId: constantFrom('session 1', 'session 2'),
    promptId: option(constantFrom('prompt 1', 'prompt 2'), { nil: undefined, freq: 5 }),
    sequence: option(nat(20), { nil: undefined, freq: 5 }),
    afterUs: nat(4_000_000_000),
    id: option(constantFrom('id 1', 'id 2', 'id 3'), { nil: undefined }),
    isInTrace: boolean(),
    call: callArbitrary(),
  }).map(({ kind, id, isInTrace, call, ...said }) =>
    eventOf({
      ...said,
      ...kinds[kind],
      requestId: kind === 'llm' ? id : undefined,
      toolCallId: kind === 'tool' ? id : undefined,
      call: kind === 'llm' ? call : undefined,
      input: kind === 'prompt' ? [textMessage('user', 'Go on.')] : undefined,
      traceId: isInTrace ? traceIdOf(1) : undefined,
    }),
  )
}

function callArbitrary(): Arbitrary<ModelCall> {
  const tokens = option(nat(5000), { nil: undefined })
  return record({
    requestModel: constantFrom('small', 'large'),
    usage: record({ inputTokens: tokens, outputTokens: tokens, cacheReadTokens: tokens }),
    cost: option(
      nat(9_000_000).map((nanoUsd) => ({ nanoUsd, source: 'reported' as const })),
      { nil: undefined },
    ),
  })
}
