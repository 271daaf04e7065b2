import type { ModelCall, Span, SpanType, TraceContext } from '@tracellm/core'
import {
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  option,
  record,
  subarray,
  type Arbitrary,
} from 'fast-check'
import { messagesOf, sampleStartUs, spanOf, textMessage } from './span-samples.ts'

/**
 * Traces as agents make them, and as clients break them: calls in wrappers, tools that fail and are tried again, spans
 * still open, parents that never come or come in a circle, several roots, things said about the trace anywhere.
 * The spans are those of trace 1, numbered from 1; `inTrace` makes them those of another.
 */
export const traceArbitrary: Arbitrary<readonly Span[]> = array(stepArbitrary(), { minLength: 1, maxLength: 24 }).map(
  (steps) => steps.map((step, at) => spanOfStep(step, at + 1, steps.length)),
)

/** Every store is asked the same questions, each time. */
export const seeded = { seed: 20_240_102 }

/** The same spans in another trace. */
export function inTrace(spans: readonly Span[], traceId: Span['traceId']): Span[] {
  return spans.map((span) => ({ ...span, traceId }))
}

type Step = ReturnType<typeof stepArbitrary> extends Arbitrary<infer Value> ? Value : never

function stepArbitrary() {
  return record({
    type: constantFrom<SpanType>(
      'llm',
      'llm',
      'llm',
      'tool',
      'tool',
      'agent',
      'chain',
      'embedding',
      'retriever',
      'span',
    ),
    parent: record({ kind: constantFrom('root', 'near', 'near', 'near', 'far', 'lost', 'any'), place: nat() }),
    start: oneof(nat(20), nat(400)),
    tenths: oneof({ arbitrary: nat(60), weight: 9 }, { arbitrary: constant(undefined), weight: 1 }),
    status: constantFrom('unset', 'unset', 'ok', 'error'),
    said: record({
      error: option(constantFrom('timed out', 'refused'), { nil: undefined }),
      tool: option(constantFrom('search', 'read'), { nil: undefined }),
      callId: option(constantFrom('id 1', 'id 2'), { nil: undefined, freq: 2 }),
      text: option(constantFrom('What is the weather?', 'It rains.', 'Go on.'), { nil: undefined }),
      context: contextArbitrary(),
    }),
    call: callArbitrary(),
    attempt: oneof(
      { arbitrary: constant(undefined), weight: 19 },
      { arbitrary: integer({ min: 1, max: 3 }), weight: 1 },
    ),
  })
}

function callArbitrary(): Arbitrary<ModelCall> {
  const tokens = option(nat(5000), { nil: undefined })
  return record({
    provider: option(constantFrom('openai', 'anthropic'), { nil: undefined }),
    requestModel: option(constantFrom('small', 'large'), { nil: undefined, freq: 5 }),
    responseId: option(constantFrom('id 1', 'id 2'), { nil: undefined, freq: 2 }),
    responseModel: option(constantFrom('small-2024', 'large'), { nil: undefined }),
    finishReasons: option(constantFrom(['stop'], ['tool_calls'], ['length']), { nil: undefined }),
    usage: option(
      record({
        inputTokens: tokens,
        outputTokens: tokens,
        cacheReadTokens: tokens,
        cacheWriteTokens: tokens,
        reasoningTokens: tokens,
      }),
      { nil: undefined, freq: 3 },
    ),
    cost: option(
      nat(9_000_000).map((nanoUsd) => ({ nanoUsd, source: 'priced' as const })),
      { nil: undefined },
    ),
  })
}

function contextArbitrary(): Arbitrary<TraceContext> {
  return oneof(
    { arbitrary: constant({}), weight: 4 },
    {
      arbitrary: record(
        {
          sessionId: constantFrom('session 1', 'session 2', ''),
          userId: constantFrom('anna', 'ben'),
          environment: constantFrom('prod', 'dev'),
          release: constantFrom('1.0', '1.1'),
          traceName: constantFrom('daily report', 'chat'),
          tags: subarray(['beta', 'eu', 'slow']),
          metadata: record({ tenant: constantFrom('acme', 'umbrella'), paid: boolean() }, { requiredKeys: [] }),
          declaredStatus: constantFrom('success', 'failed'),
        },
        { requiredKeys: [] },
      ),
      weight: 1,
    },
  )
}

function spanOfStep(step: Step, id: number, count: number): Span {
  const { type, said, status } = step
  const isCall = type === 'llm' || type === 'embedding' || type === 'chain'
  const startUs = sampleStartUs + step.start * 10_000_000
  return withoutUndefined(
    spanOf({
      id,
      parent: parentOf(step, id, count),
      type,
      name: `${type} ${id % 3}`,
      status,
      startUs,
      endUs: step.tenths === undefined ? undefined : startUs + step.tenths * 100_000,
      error: status === 'error' && said.error !== undefined ? { message: said.error } : undefined,
      call: isCall ? step.call : undefined,
      tool: type === 'tool' && said.tool !== undefined ? { name: said.tool, callId: said.callId } : undefined,
      input: said.text === undefined ? undefined : messagesOf(textMessage('user', said.text)),
      output: said.text === undefined ? undefined : { form: 'value', value: said.text },
      context: said.context,
      declaredAttempt: step.attempt,
    }),
  )
}

function parentOf({ parent }: Step, id: number, count: number): number | undefined {
  switch (parent.kind) {
    case 'root':
      return id === 1 || parent.place % 8 === 0 ? undefined : 1
    case 'near':
      return id === 1 ? undefined : Math.max(1, id - 1 - (parent.place % 3))
    case 'far':
      return id === 1 ? undefined : 1 + (parent.place % (id - 1))
    case 'lost':
      return parent.place % 4 === 0 ? 900 + (parent.place % 2) : Math.max(1, id - 1)
    case 'any':
      return parent.place % 3 === 0 ? 1 + (parent.place % count) : Math.max(1, id - 1)
  }
}

/** Spans as they are decoded have no undefined fields. */
function withoutUndefined(span: Span): Span {
  return JSON.parse(JSON.stringify(span)) as Span
}
