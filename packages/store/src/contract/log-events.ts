import type { LogEvent, ModelCall, Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import type { StoreChange } from '../port/change.ts'
import type { TraceStore } from '../port/trace-store.ts'
import { eventOf } from './log-arbitrary.ts'
import { listAll, spansOf, type OpenStore } from './read-whole.ts'
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

const scope = { projectId: projectA }
const range = { fromUs: sampleStartUs, toUs: sampleStartUs + 60_000_000 }
const question = textMessage('user', 'What is the weather?')
const answer = textMessage('assistant', 'It rains.')

/** A turn with a coding agent: a prompt, a call of 2 s, a tool of 1 s, a call of 2 s. It names no span and no call. */
function turn(): LogEvent[] {
  const said = { sessionId: 'session 1', promptId: 'prompt 1', dialect: 'agent', userId: 'anna' }
  const call = { type: 'llm', name: 'large', durationUs: 2_000_000 } as const
  const usage = { inputTokens: 30, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 }
  return [
    eventOf({ ...said, name: 'agent.prompt', input: [question], standsFor: { type: 'prompt', name: 'agent' } }),
    eventOf({ ...said, name: 'agent.call', afterUs: 2_100_000, call: { usage }, standsFor: call }),
    eventOf({
      ...said,
      name: 'agent.tool',
      afterUs: 3_200_000,
      inputValue: { command: 'ls' },
      standsFor: { type: 'tool', name: 'Bash', durationUs: 1_000_000 },
    }),
    eventOf({ ...said, name: 'agent.call', afterUs: 5_300_000, call: { usage }, output: [answer], standsFor: call }),
  ]
}

/** The spans of that turn, each a trace of its own, with less to tell. */
function spansOfTurn(): [call: Span, tool: Span, call: Span] {
  const context = { sessionId: 'session 1' }
  const call: ModelCall = { requestModel: 'large', usage: { inputTokens: 30, outputTokens: 12 } }
  return [
    spanOf({ trace: 1, type: 'llm', afterUs: 99_000, durationUs: 2_002_000, call, context }),
    spanOf({ trace: 2, type: 'tool', afterUs: 2_199_000, durationUs: 1_002_000, tool: { name: 'Bash' }, context }),
    spanOf({ trace: 3, type: 'llm', afterUs: 3_299_000, durationUs: 2_002_000, call, context }),
  ]
}

/** Of span 1 of trace 1. */
function ofSpan(said: Parameters<typeof eventOf>[0]): LogEvent {
  return eventOf({ traceId: traceIdOf(1), spanId: spanIdOf(1), ...said })
}

async function writeEvents(store: TraceStore, ...logEvents: readonly LogEvent[]): Promise<void> {
  await store.write(batchOf([], { logEvents }))
}

async function firstSpan(store: TraceStore): Promise<Span> {
  return (await store.readSpan(scope, traceIdOf(1), spanIdOf(1))).span
}

/** How log records stand in for steps until the spans come, and what of several records is taken. */
export function logEventsContract(open: OpenStore): void {
  describe('log events', () => {
    test('stand in for what is missing, step by step, and nothing counts twice', async () => {
      await using store = await open()
      await writeEvents(store, ...turn())
      const [made] = await listAll(store, scope)
      expect(made).toMatchObject({ spanCount: 4, llmCalls: 2, toolCalls: 1, outputTokens: 34, name: 'agent' })
      expect(made).toMatchObject({ prompt: 'What is the weather?', response: 'It rains.', userId: 'anna' })

      for (const [at, span] of spansOfTurn().entries()) {
        await store.write(batchOf([span]))
        const rows = await listAll(store, scope)
        const rest = rows.find(({ traceId }) => traceId === made!.traceId)
        expect(rest?.spanCount).toBe([3, 2, undefined][at])
        const { summary } = await store.readAnalytics(scope, range)
        expect(summary).toMatchObject({ llmCalls: 2, toolCalls: 1, outputTokens: 34, totalTraces: rows.length })
        expect(await store.readStats(scope)).toMatchObject({
          traces: rows.length,
          spans: rows.reduce((total, row) => total + row.spanCount, 0),
        })
      }
      expect(await listAll(store, scope, { userId: 'anna' })).toEqual([])
      await expect(store.readTrace(scope, made!.traceId, { limit: 1 })).rejects.toMatchObject({
        code: 'TL_TRACE_NOT_FOUND',
      })
      expect(await firstSpan(store)).toMatchObject({
        call: { usage: { inputTokens: 30, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 } },
      })
    })

    test('leave nothing behind when the traces they belong to are deleted', async () => {
      await using store = await open()
      await store.write(batchOf(spansOfTurn(), { logEvents: turn() }))
      for (const { traceId } of await listAll(store, scope)) {
        await store.deleteTrace(scope, traceId)
        expect((await listAll(store, scope)).filter(({ name }) => name === 'agent')).toEqual([])
      }
      expect(await store.readStats(scope)).toMatchObject({ traces: 0, spans: 0 })
    })

    test('bring a trace back that somebody deleted only when they are sent again', async () => {
      await using store = await open()
      await writeEvents(store, ...turn())
      const [made] = await listAll(store, scope)
      await store.deleteTrace(scope, made!.traceId)
      expect(await listAll(store, scope)).toEqual([])
      await writeEvents(store, ...turn())
      expect((await listAll(store, scope)).map(({ traceId }) => traceId)).toEqual([made!.traceId])
    })

    test('are announced as what they make: spans that are new, and traces that have fewer', async () => {
      await using store = await open()
      const heard: StoreChange[] = []
      store.onChanges(({ changes }) => heard.push(...changes))
      const start = (await store.readStats({})).sequence
      await writeEvents(store, ...turn())
      const kinds = (): string[] =>
        heard
          .splice(0)
          .map(({ type }) => type.replace('created', 'new'))
          .toSorted()
      expect(kinds()).toEqual(['span.new', 'span.new', 'span.new', 'span.new', 'trace.new'])
      const [call, tool, lastCall] = spansOfTurn()
      await store.write(batchOf([tool]))
      expect(kinds()).toEqual(['span.new', 'trace.new', 'trace.updated'])
      // What is left begins and answers otherwise.
      await store.write(batchOf([lastCall]))
      expect(kinds()).toEqual(['span.new', 'span.updated', 'trace.new', 'trace.updated'])
      await store.write(batchOf([call]))
      expect(kinds()).toEqual(['span.new', 'trace.new'])
      expect((await store.readStats({})).sequence).toBe(start + 14)
    })

    test('of a key with an environment are under it', async () => {
      await using store = await open()
      await store.write(batchOf([], { environment: 'prod', logEvents: turn() }))
      const [row] = await listAll(store, { ...scope, environment: 'prod' })
      expect(row).toMatchObject({ environment: 'prod', llmCalls: 2 })
      expect(await listAll(store, { ...scope, environment: 'dev' })).toEqual([])
    })

    test('go without a key to the project of their trace', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })], { fixed: false }))
      const logEvents = [ofSpan({ name: 'gen_ai.user.message', input: [question] })]
      const { groups } = await store.write(batchOf([], { fixed: false, projectId: projectB, logEvents }))
      expect(groups[0]).toMatchObject({ storedLogEvents: 1 })
      expect((await firstSpan(store)).input).toEqual(messagesOf(question))
    })

    test('say again what they said before the span ended, and of the version that stands', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm', durationUs: null })]))
      await writeEvents(store, ofSpan({ name: 'gen_ai.user.message', input: [question] }))
      await store.write(batchOf([spanOf({ type: 'llm', name: 'ended' })]))
      expect(await firstSpan(store)).toMatchObject({ name: 'ended', input: messagesOf(question) })
      const own = messagesOf(textMessage('user', 'of its own'))
      await store.write(batchOf([spanOf({ type: 'llm', durationUs: 2000, input: own })]))
      expect((await firstSpan(store)).input).toEqual(own)
    })

    test('that hold the whole conversation are not put together: the fullest stands on each side', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      const name = 'gen_ai.client.inference.operation.details'
      const system = textMessage('system', 'Be brief.')
      await writeEvents(
        store,
        ofSpan({ name, afterUs: 1, input: [system, question] }),
        ofSpan({ name, afterUs: 2, input: [question], output: [answer] }),
      )
      expect(await firstSpan(store)).toMatchObject({
        input: messagesOf(system, question),
        output: messagesOf(answer),
      })
    })

    test('that repeat a message word for word say it as often', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      const said = (place: number, message = question): LogEvent =>
        ofSpan({ name: 'gen_ai.user.message', input: [message], ...(place > 0 && { place }) })
      await writeEvents(store, said(2), said(0), said(1, answer), said(0))
      expect((await firstSpan(store)).input).toEqual(messagesOf(question, answer, question))
    })

    test('bring a reported cost before one that was worked out', async () => {
      await using store = await open()
      const priced = { ...callOf('large', 10, 5), cost: { nanoUsd: 7, source: 'priced' } } as const
      await store.write(batchOf([spanOf({ type: 'llm', call: priced })]))
      await writeEvents(store, ofSpan({ name: 'gen_ai.choice', call: { cost: { nanoUsd: 9, source: 'reported' } } }))
      expect((await listAll(store, scope))[0]).toMatchObject({ costNanoUsd: 9 })
      expect((await store.readAnalytics(scope, range)).summary).toMatchObject({ costNanoUsd: 9 })
    })

    test('show their bodies like those of spans', async () => {
      await using store = await open()
      await writeEvents(store, ...turn())
      const [row] = await listAll(store, scope)
      const spans = await spansOf(store, scope, row!.traceId)
      expect(spans.map(({ bodies }) => [bodies.input.length, bodies.output.length])).toEqual([
        [1, 1],
        [0, 0],
        [1, 0],
        [0, 1],
      ])
      const body = await store.readBody(scope, row!.traceId, spans[2]!.bodies.input[0]!.key)
      expect(JSON.parse(body)).toEqual({ command: 'ls' })
      const steps = await store.readStepBodies(scope, row!.traceId)
      expect(steps[3]!.output).toMatchObject({ form: 'messages', messages: [{ message: answer }] })
    })
  })
}
