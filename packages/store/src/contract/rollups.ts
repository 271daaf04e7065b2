import { exactPercentileUs, summarizeTrace, livingTrace, type Span, type TraceSummary } from '@tracellm/core'
import { assert, asyncProperty, array, integer } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnalyticsQuery, AnalyticsSummary } from '../port/queries.ts'
import { expectNear } from './near.ts'
import type { OpenStore } from './read-whole.ts'
import { batchOf, callOf, projectA, sampleStartUs, spanOf, traceIdOf } from './span-samples.ts'
import { inTrace, seeded, traceArbitrary } from './trace-arbitrary.ts'

const scope = { projectId: projectA }
const minuteUs = 60_000_000
const dayUs = 24 * 60 * minuteUs
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
