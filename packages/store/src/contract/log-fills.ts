import type { LogEvent, Message, ModelCall, Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import type { TraceStore } from '../port/trace-store.ts'
import { inEitherOrder } from './either-order.ts'
import { answer, eventOfSpan, logsOf, question } from './log-samples.ts'
import { listAll, readWhole, type OpenStore } from './read-whole.ts'
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

async function firstSpan(store: TraceStore): Promise<Span> {
  return (await store.readSpan(scope, traceIdOf(1), spanIdOf(1))).span
}

/** One that says one message, in its place among those of the same time. */
function messageAt(place: number, message: Message): LogEvent {
  return eventOfSpan({ name: 'gen_ai.user.message', input: [message], ...(place > 0 && { place }) })
}

/** Log records fill in what the spans they belong to leave out, and nothing else. */
export function logFillsContract(open: OpenStore): void {
  describe('log records of spans', () => {
    test('fill in what a span leaves out, come they before it or after', async () => {
      const call: ModelCall = { provider: 'openai', requestModel: 'large' }
      const event = eventOfSpan({ input: [question], output: [answer], call: callOf('large', 10, 5) })
      await inEitherOrder(open, [batchOf([spanOf({ type: 'llm', call })]), logsOf(event)], async (store) => {
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

    test('do not speak over what a span says itself', async () => {
      await using store = await open()
      const said = { input: messagesOf(question), output: messagesOf(answer), call: callOf('large', 10, 5) }
      await store.write(batchOf([spanOf({ type: 'llm', ...said })]))
      const other = [textMessage('user', 'something else')]
      await store.write(logsOf(eventOfSpan({ input: other, output: other, call: callOf('small', 99, 99) })))
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
      const batches = [batchOf([spanOf({ type: 'llm' })]), ...events.map((event) => logsOf(event))]
      await inEitherOrder(open, batches, async (store) => {
        const { span } = await store.readSpan(scope, traceIdOf(1), spanIdOf(1))
        expect(span.input).toEqual(messagesOf(question, second, third))
        return span
      })
    })

    test('that repeat a message word for word say it as often', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      await store.write(logsOf(messageAt(2, question), messageAt(0, question), messageAt(1, answer)))
      await store.write(logsOf(messageAt(0, question)))
      expect((await firstSpan(store)).input).toEqual(messagesOf(question, answer, question))
    })

    test('that hold the whole conversation are not put together: the fullest stands on each side', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })]))
      const system = textMessage('system', 'Be brief.')
      await store.write(
        logsOf(
          eventOfSpan({ afterUs: 1, input: [system, question] }),
          eventOfSpan({ afterUs: 2, input: [question], output: [answer] }),
        ),
      )
      expect(await firstSpan(store)).toMatchObject({
        input: messagesOf(system, question),
        output: messagesOf(answer),
      })
    })

    test('say again what they said before the span ended, and of the version that stands', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm', durationUs: null })]))
      await store.write(logsOf(eventOfSpan({ name: 'gen_ai.user.message', input: [question] })))
      await store.write(batchOf([spanOf({ type: 'llm', name: 'ended' })]))
      expect(await firstSpan(store)).toMatchObject({ name: 'ended', input: messagesOf(question) })
      const own = messagesOf(textMessage('user', 'of its own'))
      await store.write(batchOf([spanOf({ type: 'llm', durationUs: 2000, input: own })]))
      expect((await firstSpan(store)).input).toEqual(own)
    })

    test('bring a reported cost before one that was worked out', async () => {
      await using store = await open()
      const priced = { ...callOf('large', 10, 5), cost: { nanoUsd: 7, source: 'priced' } } as const
      await store.write(batchOf([spanOf({ type: 'llm', call: priced })]))
      await store.write(
        logsOf(eventOfSpan({ name: 'gen_ai.choice', call: { cost: { nanoUsd: 9, source: 'reported' } } })),
      )
      expect((await listAll(store, scope))[0]).toMatchObject({ costNanoUsd: 9 })
      expect((await store.readAnalytics(scope, range)).summary).toMatchObject({ costNanoUsd: 9 })
    })

    test('of one project say nothing about the spans of another', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })], { projectId: projectB }))
      await store.write(logsOf(eventOfSpan({ input: [question] })))
      const { span } = await store.readSpan({ projectId: projectB }, traceIdOf(1), spanIdOf(1))
      expect(span.input).toBeUndefined()
      expect(await listAll(store, scope)).toEqual([])
    })

    test('go without a key to the project of their trace', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ type: 'llm' })], { fixed: false }))
      const logEvents = [eventOfSpan({ name: 'gen_ai.user.message', input: [question] })]
      const { groups } = await store.write(batchOf([], { fixed: false, projectId: projectB, logEvents }))
      expect(groups[0]).toMatchObject({ storedLogEvents: 1 })
      expect((await firstSpan(store)).input).toEqual(messagesOf(question))
    })
  })
}
