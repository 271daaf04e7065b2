import { exactPercentileUs, summarizeTrace, livingTrace, type Span, type TraceSummary } from '@tracellm/core'
import { assert, asyncProperty, array, integer } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnalyticsQuery, AnalyticsSummary } from '../port/queries.ts'
import type { OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, projectB, sampleStartUs, spanOf, traceIdOf } from './span-samples.ts'
import { inTrace, seeded, traceArbitrary } from './trace-arbitrary.ts'

const scope = { projectId: projectA }
const minuteUs = 60_000_000
const hourUs = 60 * minuteUs
const dayUs = 24 * hourUs
/** Holds all samples. */
const range = { fromUs: sampleStartUs - dayUs, toUs: sampleStartUs + dayUs }

const figures = [
  'llmCalls',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'reasoningTokens',
  'costNanoUsd',
  'unpricedCalls',
  'toolCalls',
] as const

/** Analytics are what a recount of all traces by core gives: sums exactly, percentiles within 1 %. */
export function rollupsContract(open: OpenStore): void {
  describe('rollups', () => {
    test('sums up to what core makes of each trace, also after replacing and deleting', async () => {
      await using store = await open()
      let trace = 0
      let stored: (readonly Span[])[] = []
      await assert(
        asyncProperty(
          array(traceArbitrary, { minLength: 1, maxLength: 3 }),
          integer({ min: 0, max: 3 }),
          async (samples, gone) => {
            const spans = samples.map((sample) => inTrace(sample, traceIdOf(++trace)))
            await store.write(batchOf(spans.flat().flatMap(startedOnly)))
            await store.write(batchOf(spans.flat()))
            stored.push(...spans)
            for (const [deleted] of stored.slice(0, gone)) await store.deleteTrace(scope, deleted!.traceId)
            stored = stored.slice(gone)
            const { summary, statusBreakdown } = await store.readAnalytics(scope, range)
            const summaries = stored.map((each) => summarizeTrace(each, livingTrace))
            expectSums(summary, summaries)
            const statuses = Map.groupBy(summaries, (each) => each.status)
            expect(new Map(statusBreakdown.map((row) => [row.key, row.count]))).toEqual(
              new Map([...statuses].map(([status, group]) => [status, group.length])),
            )
          },
        ),
        { ...seeded, endOnFailure: true, numRuns: 25 },
      )
    })

    test('gives latencies within 1 %', async () => {
      await using store = await open()
      const latenciesUs = Array.from({ length: 250 }, (_, at) => (at * at * 7919) % 90_000_017)
      await store.write(batchOf(latenciesUs.map((durationUs, at) => spanOf({ trace: at + 1, durationUs }))))
      const { summary } = await store.readAnalytics(scope, range)
      expectNear(summary.p50LatencyUs, exactPercentileUs(latenciesUs, 0.5))
      expectNear(summary.p95LatencyUs, exactPercentileUs(latenciesUs, 0.95))
      expectNear(summary.p99LatencyUs, exactPercentileUs(latenciesUs, 0.99))
      const mean = latenciesUs.reduce((total, each) => total + each, 0) / latenciesUs.length
      expect(summary.averageLatencyUs).toBeCloseTo(mean, 6)
    })

    test('counts spans in the minute they start, and traces in the minute they start', async () => {
      await using store = await open()
      await store.write(
        batchOf([
          spanOf({ id: 1, durationUs: 3 * minuteUs, status: 'error' }),
          spanOf({ id: 2, parent: 1, type: 'llm', afterUs: minuteUs - 1, call: callOf('large', 10, 5) }),
          spanOf({ id: 3, parent: 1, type: 'llm', afterUs: 2 * minuteUs, call: callOf('large', 100, 50) }),
        ]),
      )
      const asked: AnalyticsQuery = { fromUs: sampleStartUs, toUs: sampleStartUs + 3 * minuteUs, interval: 'minute' }
      const { charts } = await store.readAnalytics(scope, asked)
      expect(
        charts.map(({ startUs, traces, failed, tokens }) => [startUs - sampleStartUs, traces, failed, tokens]),
      ).toEqual([
        [0, 1, 1, 15],
        [minuteUs, 0, 0, 0],
        [2 * minuteUs, 0, 0, 150],
      ])
      const second = { fromUs: sampleStartUs + 2 * minuteUs, toUs: sampleStartUs + 3 * minuteUs }
      expect((await store.readAnalytics(scope, second)).summary).toMatchObject({ totalTraces: 0, inputTokens: 100 })
    })

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
    })

    test('counts all spans of a trace under its environment, wherever it is said', async () => {
      await using store = await open()
      const call = callOf('large', 10, 5)
      await store.write(batchOf([spanOf({ id: 2, parent: 1, type: 'llm', call })]))
      expect((await store.readAnalytics(scope, { ...range, environment: 'prod' })).summary.llmCalls).toBe(0)
      await store.write(batchOf([spanOf({ id: 3, parent: 1, afterUs: 9, context: { environment: 'prod' } })]))
      expect((await store.readAnalytics(scope, { ...range, environment: 'prod' })).summary.llmCalls).toBe(1)
      await store.write(batchOf([spanOf({ id: 1, context: { environment: 'dev' } })]))
      expect((await store.readAnalytics(scope, { ...range, environment: 'prod' })).summary.llmCalls).toBe(0)
      const { summary } = await store.readAnalytics({ ...scope, environment: 'dev' }, range)
      expect(summary).toMatchObject({ llmCalls: 1, totalTraces: 1 })
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
      const nowUs = Date.now() * 1000
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

/** How an ended span was sent when it began. */
function startedOnly({ endUs, ...span }: Span): Span[] {
  return endUs === undefined ? [] : [{ ...span, status: 'unset', call: undefined }]
}

function expectSums(summary: AnalyticsSummary, traces: readonly TraceSummary[]): void {
  const sum = (figure: (trace: TraceSummary) => number): number =>
    traces.reduce((total, trace) => total + figure(trace), 0)
  const count = (status: string): number => traces.filter((trace) => trace.status === status).length
  for (const figure of figures) {
    expect({ figure, sum: summary[figure] }).toEqual({ figure, sum: sum((trace) => trace[figure]) })
  }
  expect(summary).toMatchObject({
    totalTraces: traces.length,
    errorSpans: sum((trace) => trace.errorCount),
    retries: sum((trace) => trace.retryCount),
    failedTraces: count('failed'),
    warningTraces: count('warning'),
    runningTraces: count('running'),
  })
  const latenciesUs = traces.flatMap(({ startUs, endUs }) => (endUs === undefined ? [] : [endUs - startUs]))
  expectNear(summary.p50LatencyUs, exactPercentileUs(latenciesUs, 0.5))
  expectNear(summary.p99LatencyUs, exactPercentileUs(latenciesUs, 0.99))
}

/** Within 1 %. */
function expectNear(us: number | undefined, exactUs: number | undefined): void {
  const share = us === exactUs ? 0 : Math.abs(us! - exactUs!) / exactUs!
  expect(share).toBeLessThanOrEqual(0.01)
}
