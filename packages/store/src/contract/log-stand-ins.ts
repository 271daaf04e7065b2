import type { Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { inEitherOrder } from './either-order.ts'
import { answer, logsOf, namelessTurn, spansOfNamelessTurn, turnOf } from './log-samples.ts'
import { listAll, readWhole, spansOf, type OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, sampleStartUs, spanIdOf, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }
const range = { fromUs: sampleStartUs, toUs: sampleStartUs + 60_000_000 }

/** Log records stand in for steps until spans of them come, and nothing counts twice. */
export function logStandInsContract(open: OpenStore): void {
  describe('log records without spans', () => {
    test('become a trace of each prompt, in any order', async () => {
      const events = [...turnOf('prompt 1'), ...turnOf('prompt 2')]
      await inEitherOrder(
        open,
        events.map((event) => logsOf(event)),
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
      await inEitherOrder(open, [logsOf(...turnOf('prompt 1')), batchOf(spans)], async (store) => {
        const rows = await listAll(store, scope)
        const sum = (figure: 'llmCalls' | 'inputTokens' | 'costNanoUsd'): number =>
          rows.reduce((total, row) => total + row[figure], 0)
        expect({ calls: sum('llmCalls'), tokens: sum('inputTokens') }).toEqual({ calls: 2, tokens: 30 })
        expect(sum('costNanoUsd')).toBe(callOf('', 30, 10).cost!.nanoUsd)
        expect((await store.readAnalytics(scope, range)).summary).toMatchObject({ llmCalls: 2, inputTokens: 30 })
        return Promise.all(rows.map((row) => readWhole(store, scope, row.traceId)))
      })
    })

    test('stand in for what is missing, step by step, and nothing counts twice', async () => {
      await using store = await open()
      await store.write(logsOf(...namelessTurn()))
      const [made] = await listAll(store, scope)
      expect(made).toMatchObject({ spanCount: 4, llmCalls: 2, toolCalls: 1, outputTokens: 34, name: 'agent' })
      expect(made).toMatchObject({ prompt: 'What is the weather?', response: 'It rains.', userId: 'anna' })

      for (const [at, span] of spansOfNamelessTurn().entries()) {
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
      expect((await store.readSpan(scope, traceIdOf(1), spanIdOf(1))).span).toMatchObject({
        call: { usage: { inputTokens: 30, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 } },
      })
    })

    test('stand in for nothing that came in a session with a long id', async () => {
      const sessionId = 'session '.repeat(200)
      const logEvents = namelessTurn().map((event) => ({ ...event, sessionId }))
      const spans = spansOfNamelessTurn().map((span) => ({ ...span, context: { sessionId } }))
      await inEitherOrder(
        open,
        [batchOf([], { logEvents }), ...spans.map((span) => batchOf([span]))],
        async (store) => {
          const rows = await listAll(store, scope)
          expect(rows.map(({ traceId }) => traceId)).toEqual([3, 2, 1].map(traceIdOf))
          return Promise.all(rows.map(({ traceId }) => readWhole(store, scope, traceId)))
        },
      )
    })

    test('show their bodies like those of spans', async () => {
      await using store = await open()
      await store.write(logsOf(...namelessTurn()))
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

    test('keep long values', async () => {
      await using store = await open()
      const attributes = { note: 'long '.repeat(2000) }
      await store.write(logsOf(...namelessTurn().map((event) => ({ ...event, attributes }))))
      const [row] = await listAll(store, scope)
      const spans = await spansOf(store, scope, row!.traceId)
      expect(spans.map(({ span }) => span.attributes)).toEqual([attributes, attributes, attributes, attributes])
    })

    test('of a key with an environment are under it', async () => {
      await using store = await open()
      await store.write(batchOf([], { environment: 'prod', logEvents: namelessTurn() }))
      const [row] = await listAll(store, { ...scope, environment: 'prod' })
      expect(row).toMatchObject({ environment: 'prod', llmCalls: 2 })
      expect(await listAll(store, { ...scope, environment: 'dev' })).toEqual([])
    })
  })
}
