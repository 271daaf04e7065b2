import { maxSum, type ModelCall } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { listAll, readWhole, stepsOf, type OpenStore } from './read-whole.ts'
import {
  batchOf,
  callOf,
  messagesOf,
  projectA,
  sampleStartUs,
  spanIdOf,
  spanOf,
  textMessage,
  traceIdOf,
} from './span-samples.ts'
import { trueTrace } from './truth.ts'

const scope = { projectId: projectA }
const trace = traceIdOf(1)
const dayUs = 86_400_000_000

/** Texts, times and sizes at their limits. */
export function extremesContract(open: OpenStore): void {
  describe('extremes', () => {
    test('keeps texts with NUL, control characters and every script', async () => {
      await using store = await open()
      const text = 'a\u0000b \u0001\u001f\u007f \r\n "\\" العربية 日本語 🏳️‍🌈 \u2028\ufeff'
      const span = spanOf({
        type: 'tool',
        name: text,
        status: 'error',
        error: { message: text, type: text },
        tool: { name: text },
        input: { form: 'value', value: text },
        output: messagesOf(textMessage('assistant', text)),
        context: { sessionId: text, userId: text, tags: [text], metadata: { [text]: text }, environment: text },
        attributes: { [text]: [text, { [text]: null }] },
      })
      await store.write(batchOf([span]))
      expect((await store.readSpan(scope, trace, spanIdOf(1))).span).toEqual(span)
      const [row] = await listAll(store, scope, { sessionId: text, userId: text, environment: text })
      expect(row).toMatchObject({ name: text, sessionId: text, tags: [text], failureReason: text })
      expect((await store.readSkeleton(scope, trace)).names).toEqual([text])
      expect((await store.readAnalytics(scope, { fromUs: sampleStartUs })).toolBreakdown[0]!.key).toBe(text)
    })

    test('puts the replacement character for lone surrogates', async () => {
      await using store = await open()
      const text = 'half \ud83d of a face, and \udc00'
      const span = spanOf({
        name: text,
        input: messagesOf(textMessage('user', text)),
        context: { sessionId: text, metadata: { [text]: text } },
        attributes: { [text]: text },
      })
      await store.write(batchOf([span]))
      await store.write(batchOf([span]))
      const mended = text.toWellFormed()
      const { span: read } = await store.readSpan(scope, trace, spanIdOf(1))
      expect(read).toMatchObject({
        name: mended,
        input: messagesOf(textMessage('user', mended)),
        context: { sessionId: mended, metadata: { [mended]: mended } },
        attributes: { [mended]: mended },
      })
      expect((await listAll(store, scope))[0]).toMatchObject({ name: mended, sessionId: mended, prompt: mended })
    })

    test('keeps empty texts, and keys that objects have by nature', async () => {
      await using store = await open()
      const attributes = JSON.parse('{"":"","__proto__":{"a":1},"constructor":"c","toString":0}') as Record<
        string,
        never
      >
      const span = spanOf({ name: '', context: { metadata: attributes }, attributes })
      await store.write(batchOf([span]))
      const { span: read } = await store.readSpan(scope, trace, spanIdOf(1))
      expect(JSON.stringify(read.attributes)).toBe(JSON.stringify(attributes))
      expect(JSON.stringify((await store.readTrace(scope, trace, { limit: 1 })).trace.metadata)).toBe(
        JSON.stringify(attributes),
      )
    })

    test('keeps times from 1970 to 2255 to the microsecond', async () => {
      await using store = await open()
      const lastUs = Number.MAX_SAFE_INTEGER
      const spans = [
        spanOf({ trace: 1, startUs: 0, endUs: 0 }),
        spanOf({ trace: 2, startUs: lastUs - 3, endUs: lastUs }),
        spanOf({ trace: 3, startUs: 0, endUs: lastUs, call: callOf('large', lastUs / 1024 - 1, 0) }),
      ]
      await store.write(batchOf(spans))
      for (const span of spans) {
        expect((await store.readSpan(scope, span.traceId, spanIdOf(1))).span).toEqual(span)
        const { detail } = trueTrace([span])
        expect((await store.readTrace(scope, span.traceId, { limit: 1 })).trace).toMatchObject(detail)
      }
      expect((await listAll(store, scope)).map((row) => row.traceId)).toEqual([2, 3, 1].map(traceIdOf))
      expect(await listAll(store, scope, { fromUs: lastUs - 3 })).toHaveLength(1)
      const first = await store.readAnalytics(scope, { fromUs: 0, toUs: dayUs })
      expect(first.summary).toMatchObject({ totalTraces: 2 })
      const { summary } = await store.readAnalytics(scope, { fromUs: lastUs - dayUs, toUs: lastUs })
      expect(summary).toMatchObject({ totalTraces: 1, averageLatencyUs: 3 })
    })

    test('sums of figures without end stop where numbers are exact', async () => {
      await using store = await open()
      const lastUs = Number.MAX_SAFE_INTEGER
      const call: ModelCall = {
        requestModel: 'large',
        usage: {
          inputTokens: lastUs,
          outputTokens: 1e300,
          cacheReadTokens: lastUs,
          cacheWriteTokens: lastUs,
          reasoningTokens: lastUs,
        },
        cost: { nanoUsd: 2.5e18, source: 'priced' },
        timeToFirstUs: 1e17,
      }
      const context = { sessionId: 'endless' }
      const spans = [1, 1, 1, 2, 2].map((inTrace, at) =>
        spanOf({ trace: inTrace, id: at + 1, type: 'llm', call, context, startUs: 0, endUs: lastUs }),
      )
      for (const span of spans) await store.write(batchOf([span]))
      await store.write(batchOf([1, 2].map((id) => spanOf({ trace: 3, id, type: 'llm', call, context }))))
      const sums = {
        inputTokens: maxSum,
        outputTokens: maxSum,
        cacheReadTokens: maxSum,
        cacheWriteTokens: maxSum,
        reasoningTokens: maxSum,
        costNanoUsd: maxSum,
      }
      const rows = await listAll(store, scope)
      expect(rows).toHaveLength(3)
      for (const row of rows) expect(row).toMatchObject(sums)
      expect((await store.readTrace(scope, trace, { limit: 9 })).trace).toMatchObject(sums)
      expect(await stepsOf(store, scope, trace, 9)).toHaveLength(3)
      expect((await store.readSkeleton(scope, trace)).count).toBe(3)
      const { summary, modelBreakdown, charts } = await store.readAnalytics(scope, { fromUs: 0, toUs: dayUs })
      expect(summary).toMatchObject({ ...sums, totalTraces: 2, averageLatencyUs: lastUs })
      expect(modelBreakdown).toMatchObject([{ tokens: maxSum, costNanoUsd: maxSum }])
      expect(charts[0]).toMatchObject({ tokens: maxSum, cachedTokens: maxSum, costNanoUsd: maxSum })
      for (const row of rows) await store.deleteTrace(scope, row.traceId)
      expect(await listAll(store, scope)).toEqual([])
    })

    test('keeps times that there are not at the ends of those there are', async () => {
      await using store = await open()
      const lastUs = Number.MAX_SAFE_INTEGER
      const spans = [
        spanOf({ trace: 1, startUs: -62_135_596_800_000_000, endUs: 9e300 }),
        spanOf({ trace: 2, startUs: 253_402_300_799_000_000, endUs: Infinity }),
        spanOf({ trace: 3, startUs: Number.NaN, endUs: 0.4 }),
      ]
      await store.write(batchOf(spans))
      const times = (await listAll(store, scope)).map(({ traceId, startUs, endUs }) => [traceId, startUs, endUs])
      expect(times).toEqual([
        [traceIdOf(2), lastUs, lastUs],
        [traceIdOf(3), 0, 0],
        [traceIdOf(1), 0, lastUs],
      ])
      for (const span of spans) {
        expect((await store.readTrace(scope, span.traceId, { limit: 1 })).steps.items).toHaveLength(1)
        await store.deleteTrace(scope, span.traceId)
      }
      expect(await listAll(store, scope)).toEqual([])
    })

    test('shows no more tags, metadata and models of a trace than it may have, the first ones', async () => {
      await using store = await open()
      const spans = Array.from({ length: 240 }, (_, at) =>
        spanOf({
          id: at + 1,
          parent: at === 0 ? undefined : 1,
          afterUs: at,
          type: at === 0 ? 'agent' : 'llm',
          call: at === 0 ? undefined : callOf(`model ${at}`, 1, 1),
          context: { tags: [`tag ${at}`], metadata: { [`key ${at}`]: at } },
        }),
      )
      for (let at = spans.length; at > 0; at -= 60) await store.write(batchOf(spans.slice(at - 60, at)))
      const { detail } = trueTrace(spans)
      expect([detail.tags.length, detail.models.length, Object.keys(detail.metadata).length]).toEqual([50, 20, 200])
      expect((await store.readTrace(scope, trace, { limit: 1 })).trace).toMatchObject(detail)
      expect(await listAll(store, scope, { model: 'model 20' })).toMatchObject([{ tags: detail.tags }])
      expect(await listAll(store, scope, { model: 'model 21' })).toEqual([])
    })

    test('keeps a trace of 2,000 spans, written in portions from its end', async () => {
      await using store = await open()
      const spans = Array.from({ length: 2000 }, (_, at) =>
        spanOf({
          id: at + 1,
          parent: at === 0 ? undefined : Math.floor(at / 3) + 1,
          afterUs: at * 10,
          durationUs: 5 + (at % 7),
          type: (['llm', 'tool', 'agent', 'chain'] as const)[at % 4],
          status: at % 11 === 0 ? 'error' : 'ok',
          call: at % 4 === 0 ? callOf(`model ${at % 3}`, at, 1) : undefined,
          tool: at % 4 === 1 ? { name: `tool ${at % 5}` } : undefined,
          input: at % 4 === 0 ? messagesOf(textMessage('user', `question ${at % 100}`)) : undefined,
        }),
      ).map((span) => JSON.parse(JSON.stringify(span)) as typeof span)
      for (let at = spans.length; at > 0; at -= 250) await store.write(batchOf(spans.slice(at - 250, at).toReversed()))
      const truth = trueTrace(spans)
      expect((await store.readTrace(scope, trace, { limit: 1 })).trace).toMatchObject(truth.detail)
      expect(await stepsOf(store, scope, trace, 600)).toEqual(truth.steps)
      expect((await store.readSkeleton(scope, trace)).count).toBe(2000)
      const whole = await readWhole(store, scope, trace)
      expect(whole.spans).toHaveLength(2000)
      expect(whole.spans[1234]).toMatchObject({ span: spans[1234] })
      await expect(store.readStepBodies(scope, trace)).rejects.toMatchObject({ code: 'TL_TRACE_TOO_LARGE' })
      expect(await store.readStepBodies(scope, trace, [spanIdOf(5)])).toHaveLength(1)
    })
  })
}
