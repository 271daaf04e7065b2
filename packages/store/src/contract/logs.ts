import type { LogEvent, ModelCall, Span } from '@tracellm/core'
import { assert, asyncProperty, infiniteStream, nat } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StoreChanges } from '../port/change.ts'
import type { TraceStore } from '../port/trace-store.ts'
import type { WriteBatch } from '../port/write-batch.ts'
import { eventOf, logArbitrary } from './log-arbitrary.ts'
import { listAll, readWhole, spansOf, type OpenStore } from './read-whole.ts'
import {
  batchOf,
  callOf,
  messagesOf,
  projectA,
  projectB,
  sampleStartUs,
  spanIdOf,
  spanOf,
  textMessage,
  traceIdOf,
} from './span-samples.ts'
import { seeded, traceArbitrary } from './trace-arbitrary.ts'

const scope = { projectId: projectA }
const question = textMessage('user', 'What is the weather?')
const answer = textMessage('assistant', 'It rains.')
const range = { fromUs: sampleStartUs, toUs: sampleStartUs + 60_000_000 }

/** Of the span that it names. */
function eventOfSpan(said: Partial<LogEvent> = {}): LogEvent {
  return eventOf({
    name: 'gen_ai.client.inference.operation.details',
    traceId: traceIdOf(1),
    spanId: spanIdOf(1),
    ...said,
  })
}

function logsOf(logEvents: readonly LogEvent[]): WriteBatch {
  return batchOf([], { logEvents })
}

/** One turn with a coding agent, told by records alone: a prompt, two calls, a tool. */
function turnOf(promptId: string): LogEvent[] {
  const turn = { sessionId: 'session 1', promptId }
  return [
    eventOf({
      ...turn,
      name: 'claude_code.user_prompt',
      sequence: 1,
      input: [question],
      standsFor: { type: 'prompt', name: 'prompt' },
    }),
    eventOf({
      ...turn,
      name: 'claude_code.api_request',
      sequence: 2,
      afterUs: 2000,
      requestId: `${promptId} request 1`,
      call: callOf('large', 10, 5),
      standsFor: { type: 'llm', name: 'api_request', durationUs: 1000 },
    }),
    eventOf({
      ...turn,
      name: 'claude_code.tool_result',
      sequence: 3,
      afterUs: 3000,
      toolCallId: `${promptId} call 1`,
      standsFor: { type: 'tool', name: 'Bash', durationUs: 500 },
    }),
    eventOf({
      ...turn,
      name: 'claude_code.api_request',
      sequence: 4,
      afterUs: 5000,
      requestId: `${promptId} request 2`,
      call: callOf('large', 20, 5),
      standsFor: { type: 'llm', name: 'api_request', durationUs: 1000 },
    }),
  ]
}

/** Writes everything in one order, and in the other into another store: the answers must be the same. */
async function inEitherOrder(
  open: OpenStore,
  batches: readonly WriteBatch[],
  look: (store: TraceStore) => Promise<unknown>,
): Promise<void> {
  const looks: unknown[] = []
  for (const order of [batches, batches.toReversed()]) {
    await using store = await open()
    for (const batch of order) await store.write(batch)
    looks.push(await look(store))
  }
  expect(looks[1]).toEqual(looks[0])
}

function shuffled<Item>(items: readonly Item[], random: Iterator<number>): Item[] {
  const keyed = items.map((item) => ({ item, key: Number(random.next().value) }))
  return keyed.toSorted((one, other) => one.key - other.key).map(({ item }) => item)
}

async function everythingIn(store: TraceStore): Promise<unknown> {
  const rows = await listAll(store, scope)
  const wholes = await Promise.all(rows.map((row) => readWhole(store, scope, row.traceId)))
  const { summary, charts } = await store.readAnalytics(scope, { ...range, toUs: sampleStartUs + 5_000_000_000 })
  return { wholes, summary: { ...summary, slowRequests: 0 }, charts }
}

/** Records fill in what spans leave out, and stand in where no span comes; nothing counts twice. */
export function logsContract(open: OpenStore): void {
  describe('log records', () => {
    test('fill in what a span leaves out, come they before it or after', async () => {
      const call: ModelCall = { provider: 'openai', requestModel: 'large' }
      const event = eventOfSpan({ input: [question], output: [answer], call: callOf('large', 10, 5) })
      await inEitherOrder(open, [batchOf([spanOf({ type: 'llm', call })]), logsOf([event])], async (store) => {
        const { span, step, bodies } = await store.readSpan(scope, traceIdOf(1), spanIdOf(1))
        expect(span).toMatchObject({ input: messagesOf(question), output: messagesOf(answer) })
        expect(step).toMatchObject({ inputTokens: 10, outputTokens: 5, costNanoUsd: 300 })
        expect(bodies.input).toHaveLength(1)
        const [row] = await listAll(store, scope)
        expect(row).toMatchObject({ spanCount: 1, llmCalls: 1, inputTokens: 10, prompt: 'What is the weather?' })
        const { summary } = await store.readAnalytics(scope, range)
        expect(summary).toMatchObject({ llmCalls: 1, inputTokens: 10, costNanoUsd: 300, unpricedCalls: 0 })
        return readWhole(store, scope, traceIdOf(1))
      })
    })

    test('give the same in any order, in portions and twice', async () => {
      await assert(
        asyncProperty(traceArbitrary, logArbitrary, infiniteStream(nat()), async (spans, logEvents, random) => {
          await using whole = await open()
          await using portioned = await open()
          await whole.write(batchOf(spans, { logEvents }))
          const items = [...spans, ...spans.slice(0, 3), ...logEvents, ...logEvents.slice(0, 3)]
          for (const item of shuffled(items, random)) {
            await portioned.write('kind' in item ? batchOf([item]) : logsOf([item]))
          }
          const wanted = await everythingIn(whole)
          expect(await everythingIn(portioned)).toEqual(wanted)
        }),
        { ...seeded, numRuns: 25 },
      )
    })

    test('do not speak over what a span says itself', async () => {
      await using store = await open()
      const said = { input: messagesOf(question), output: messagesOf(answer), call: callOf('large', 10, 5) }
      await store.write(batchOf([spanOf({ type: 'llm', ...said })]))
      const other = [textMessage('user', 'something else')]
      await store.write(logsOf([eventOfSpan({ input: other, output: other, call: callOf('small', 99, 99) })]))
      const { span } = await store.readSpan(scope, traceIdOf(1), spanIdOf(1))
      expect(span).toMatchObject(said)
      expect((await listAll(store, scope))[0]).toMatchObject({ inputTokens: 10, models: ['large'] })
    })

    test('give their messages in the order of time', async () => {
      const second = textMessage('assistant', 'Where?')
      const third = textMessage('user', 'In Oslo.')
      const part = { name: 'gen_ai.user.message' }
      const events = [
        eventOfSpan({ ...part, timeUs: 3, input: [third] }),
        eventOfSpan({ ...part, timeUs: 1, input: [question] }),
        eventOfSpan({ ...part, timeUs: 2, input: [second] }),
      ]
      const batches = [batchOf([spanOf({ type: 'llm' })]), ...events.map((event) => logsOf([event]))]
      await inEitherOrder(open, batches, async (store) => {
        const { span } = await store.readSpan(scope, traceIdOf(1), spanIdOf(1))
        expect(span.input).toEqual(messagesOf(question, second, third))
        return span
      })
    })

    test('bring evaluations', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      const evaluation = { name: 'relevance', value: 0.9, target: 'span' } as const
      await store.write(logsOf([eventOfSpan({ name: 'gen_ai.evaluation.result', evaluations: [evaluation] })]))
      expect((await store.readSpan(scope, traceIdOf(1), spanIdOf(1))).evaluations).toEqual([evaluation])
    })

    test('are stored once, and a repeat announces nothing', async () => {
      await using store = await open()
      const event = eventOfSpan({ input: [question] })
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      expect((await store.write(logsOf([event]))).groups[0]).toMatchObject({ storedLogEvents: 1 })
      const whole = await readWhole(store, scope, traceIdOf(1))
      const heard: StoreChanges[] = []
      store.onChanges((changes) => heard.push(changes))
      expect((await store.write(logsOf([event, event]))).groups[0]).toMatchObject({ storedLogEvents: 0 })
      expect(heard).toEqual([])
      expect(await readWhole(store, scope, traceIdOf(1))).toEqual(whole)
    })

    test('tell of the span they fill in', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      const heard: StoreChanges[] = []
      store.onChanges((changes) => heard.push(changes))
      await store.write(logsOf([eventOfSpan({ output: [answer] })]))
      const changes = heard.flatMap((each) => each.changes)
      expect(changes.map((change) => change.type).toSorted()).toEqual(['span.updated', 'trace.updated'])
    })

    test('without spans become a trace of each prompt, in any order', async () => {
      const events = [...turnOf('prompt 1'), ...turnOf('prompt 2')]
      await inEitherOrder(
        open,
        events.map((event) => logsOf([event])),
        async (store) => {
          const rows = await listAll(store, scope)
          expect(rows).toHaveLength(2)
          for (const row of rows) {
            expect(row).toMatchObject({ spanCount: 4, llmCalls: 2, toolCalls: 1, inputTokens: 30, status: 'success' })
            expect(row).toMatchObject({ sessionId: 'session 1', prompt: 'What is the weather?' })
          }
          const spans = await spansOf(store, scope, rows[0]!.traceId)
          expect(spans.map(({ span }) => [span.type, span.origin])).toEqual([
            ['agent', 'log'],
            ['llm', 'log'],
            ['tool', 'log'],
            ['llm', 'log'],
          ])
          expect(spans[1]!.span).toMatchObject({ startUs: sampleStartUs + 1000, endUs: sampleStartUs + 2000 })
          return Promise.all(rows.map((row) => readWhole(store, scope, row.traceId)))
        },
      )
    })

    test('stand in for no call of which a span comes', async () => {
      const spans: Span[] = [
        spanOf({ id: 1, type: 'agent', durationUs: 9000, context: { sessionId: 'session 1' } }),
        ...[1, 2].map((call) =>
          spanOf({
            id: 1 + call,
            parent: 1,
            type: 'llm',
            afterUs: call * 2000,
            call: { ...callOf('large', call * 10, 5), responseId: `prompt 1 request ${call}`, cost: undefined },
          }),
        ),
      ]
      await inEitherOrder(open, [logsOf(turnOf('prompt 1')), batchOf(spans)], async (store) => {
        const rows = await listAll(store, scope)
        const sum = (figure: 'llmCalls' | 'inputTokens' | 'costNanoUsd'): number =>
          rows.reduce((total, row) => total + row[figure], 0)
        expect({ calls: sum('llmCalls'), tokens: sum('inputTokens') }).toEqual({ calls: 2, tokens: 30 })
        expect(sum('costNanoUsd')).toBe(callOf('', 30, 10).cost!.nanoUsd)
        expect((await store.readAnalytics(scope, range)).summary).toMatchObject({ llmCalls: 2, inputTokens: 30 })
        return Promise.all(rows.map((row) => readWhole(store, scope, row.traceId)))
      })
    })

    test('of one project say nothing about the spans of another', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })], { projectId: projectB }))
      await store.write(logsOf([eventOfSpan({ input: [question] })]))
      const { span } = await store.readSpan({ projectId: projectB }, traceIdOf(1), spanIdOf(1))
      expect(span.input).toBeUndefined()
      expect(await listAll(store, scope)).toEqual([])
    })

    test('go with the trace they belong to', async () => {
      await using store = await open()
      const spans = [spanOf({ type: 'llm' })]
      await store.write(batchOf(spans, { logEvents: [eventOfSpan({ input: [question] })] }))
      await store.deleteTrace(scope, traceIdOf(1))
      await store.write(batchOf(spans))
      expect((await store.readSpan(scope, traceIdOf(1), spanIdOf(1))).span.input).toBeUndefined()
      await store.write(logsOf(turnOf('prompt 1')))
      const [made] = await listAll(store, scope, { sessionId: 'session 1' })
      expect(await store.deleteTrace(scope, made!.traceId)).toMatchObject({ deletedTraces: 1, deletedSpans: 4 })
      expect(await listAll(store, scope, { sessionId: 'session 1' })).toEqual([])
    })
  })
}
