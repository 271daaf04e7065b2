import { describe, expect, test } from 'vitest'
import { expectNear } from './near.ts'
import type { OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, projectB, sampleStartUs, spanOf, traceIdOf } from './span-samples.ts'

const scope = { projectId: projectA }
const minuteUs = 60_000_000
const dayUs = 86_400_000_000
/** Holds all samples. */
const range = { fromUs: sampleStartUs - dayUs, toUs: sampleStartUs + dayUs }

/** What analytics say for ranges, models and viewers, and how they break it down. */
export function analyticsContract(open: OpenStore): void {
  describe('analytics', () => {
    test('breaks figures down by status, model, project and tool', async () => {
      await using store = await open()
      const spans = [
        spanOf({ trace: 1, id: 1, type: 'agent', durationUs: 9000 }),
        spanOf({ trace: 1, id: 2, parent: 1, type: 'llm', durationUs: 2000, call: callOf('large', 10, 5) }),
        spanOf({
          trace: 1,
          id: 3,
          parent: 1,
          type: 'llm',
          durationUs: 400,
          call: callOf('small', 1, 1),
          status: 'error',
        }),
        spanOf({ trace: 1, id: 4, parent: 1, type: 'tool', durationUs: 70, tool: { name: 'search' }, status: 'error' }),
        spanOf({ trace: 1, id: 5, parent: 1, type: 'tool', durationUs: 0, tool: { name: 'search' }, afterUs: 5000 }),
        spanOf({ trace: 1, id: 6, parent: 1, type: 'tool', name: 'nameless tool', afterUs: 6000 }),
        spanOf({ trace: 2, type: 'llm', call: { ...callOf('large', 20, 5), cost: undefined } }),
      ]
      await store.write(batchOf(spans))
      await store.write(
        batchOf([spanOf({ status: 'error' }), spanOf({ trace: 2, durationUs: null })], { projectId: projectB }),
      )

      const all = await store.readAnalytics({}, range)
      expect(all.statusBreakdown).toEqual([
        { key: 'failed', count: 1 },
        { key: 'running', count: 1 },
        { key: 'success', count: 1 },
        { key: 'warning', count: 1 },
      ])
      expect(all.modelBreakdown).toMatchObject([
        { key: 'large', count: 2, tokens: 40, costNanoUsd: 300, unpricedCalls: 1, errors: 0 },
        { key: 'small', count: 1, tokens: 2, costNanoUsd: 50, unpricedCalls: 0, errors: 1 },
      ])
      expectNear(all.modelBreakdown[0]!.p95LatencyUs, 2000)
      expect(all.projectBreakdown).toMatchObject([
        { key: projectA, count: 2, tokens: 42, errors: 0 },
        { key: projectB, count: 2, tokens: 0, errors: 1 },
      ])
      expect(all.toolBreakdown).toMatchObject([
        { key: 'search', count: 2, errors: 1 },
        { key: 'nameless tool', count: 1, errors: 0 },
      ])
      expectNear(all.toolBreakdown[0]!.p95LatencyUs, 70)
      expect(all.summary).toMatchObject({ errorSpans: 3, retries: 1, toolCalls: 3, successRate: 2 / 3 })
      expect(all.recentFailures.map((row) => [row.projectId, row.traceId])).toEqual([[projectB, traceIdOf(1)]])
    })

    test('asked for a model gives its traces, its calls and their latency', async () => {
      await using store = await open()
      await store.write(
        batchOf([
          spanOf({ trace: 1, id: 1, type: 'agent', durationUs: 90_000 }),
          spanOf({ trace: 1, id: 2, parent: 1, type: 'llm', durationUs: 2000, call: callOf('large', 10, 5) }),
          spanOf({ trace: 1, id: 3, parent: 1, type: 'llm', durationUs: 400, afterUs: 9, call: callOf('small', 1, 1) }),
          spanOf({ trace: 1, id: 4, parent: 1, type: 'tool' }),
          spanOf({ trace: 2, type: 'llm', durationUs: 500, call: callOf('small', 2, 2), status: 'error' }),
        ]),
      )
      const { summary, charts, toolBreakdown } = await store.readAnalytics(scope, { ...range, model: 'small' })
      expect(summary).toMatchObject({ totalTraces: 1, failedTraces: 1, successRate: 0 })
      expect(summary).toMatchObject({ llmCalls: 2, inputTokens: 3, errorSpans: 1, toolCalls: 0 })
      expectNear(summary.p50LatencyUs, 400)
      expectNear(summary.p99LatencyUs, 500)
      expect(summary.averageLatencyUs).toBe(450)
      expect(charts.reduce((total, bucket) => total + bucket.tokens, 0)).toBe(6)
      expect(toolBreakdown).toEqual([])
      const failed = await Promise.all(
        ['small', 'large', 'unheard of'].map((model) => store.readAnalytics(scope, { ...range, model })),
      )
      expect(failed.map(({ recentFailures }) => recentFailures.length)).toEqual([1, 0, 0])
    })

    test('widens the range to whole minutes and says so', async () => {
      await using store = await open()
      await store.write(batchOf([spanOf({ afterUs: 5 })]))
      const asked = { fromUs: sampleStartUs + 10, toUs: sampleStartUs + 20 }
      const answer = await store.readAnalytics(scope, asked)
      expect(answer).toMatchObject({ fromUs: sampleStartUs, toUs: sampleStartUs + minuteUs, outOfRange: 0 })
      expect(answer.summary.totalTraces).toBe(1)
    })

    test('covers everything of ten years by default, and counts what is older', async () => {
      await using store = await open()
      // By the clock of the store: the default range ends an hour from now.
      const nowUs = (await store.readAnalytics(scope, {})).toUs - 3_600_000_000
      const spans = [nowUs - 11 * 366 * dayUs, nowUs - 40 * dayUs, nowUs - minuteUs].map((startUs, at) =>
        spanOf({ trace: at + 1, startUs, endUs: startUs + 5 }),
      )
      await store.write(batchOf(spans))
      const { summary, outOfRange, interval, charts } = await store.readAnalytics(scope, {})
      expect({ traces: summary.totalTraces, outOfRange, interval }).toEqual({
        traces: 2,
        outOfRange: 1,
        interval: 'day',
      })
      expect(charts.reduce((total, bucket) => total + bucket.traces, 0)).toBe(2)
    })

    test('follows the days of the viewer', async () => {
      await using store = await open()
      const lateEvening = Date.UTC(2024, 0, 2, 23, 30) * 1000
      await store.write(batchOf([spanOf({ startUs: lateEvening, endUs: lateEvening + 1 })]))
      const asked = { fromUs: Date.UTC(2024, 0, 1) * 1000, toUs: Date.UTC(2024, 0, 4) * 1000, interval: 'day' } as const
      const utc = await store.readAnalytics(scope, asked)
      expect(utc.dayBoundaries).toBe('utc')
      expect(utc.charts.map((bucket) => bucket.traces)).toEqual([0, 1, 0])
      const berlin = await store.readAnalytics(scope, { ...asked, timeZone: 'Europe/Berlin' })
      expect(berlin.dayBoundaries).toBe('viewer')
      expect(berlin.charts.map((bucket) => bucket.traces)).toEqual([0, 0, 1, 0])
    })

    test('refuses more than 500 buckets, and a time zone that nobody knows', async () => {
      await using store = await open()
      const month = { fromUs: sampleStartUs, toUs: sampleStartUs + 30 * dayUs }
      await expect(store.readAnalytics(scope, { ...month, interval: 'hour' })).rejects.toMatchObject({
        code: 'TL_TOO_MANY_BUCKETS',
      })
      await expect(store.readAnalytics(scope, { ...month, timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
        code: 'TL_BAD_PARAMETER',
      })
      expect((await store.readAnalytics(scope, { ...month, interval: 'day' })).charts).toHaveLength(31)
    })

    test('is all zero for a store of nothing', async () => {
      await using store = await open()
      const { summary, charts, modelBreakdown } = await store.readAnalytics({}, {})
      expect(summary).toMatchObject({ totalTraces: 0, llmCalls: 0, costNanoUsd: 0 })
      expect(summary.successRate).toBeUndefined()
      expect(summary.p50LatencyUs).toBeUndefined()
      expect(charts.every((bucket) => bucket.traces === 0)).toBe(true)
      expect(modelBreakdown).toEqual([])
    })
  })
}
