import { asyncProperty, assert, integer, sample, shuffledSubarray, tuple, type Arbitrary } from 'fast-check'
import type { Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { listAll, readWhole, stepsOf, timeless, type OpenStore } from './read-whole.ts'
import { batchOf, projectA, projectB, traceIdOf } from './span-samples.ts'
import { inTrace, seeded, traceArbitrary } from './trace-arbitrary.ts'
import { trueRow, trueTrace } from './truth.ts'

/** The same spans give the same answers in whatever order and portions they come. */
export function orderContract(open: OpenStore): void {
  describe('order', () => {
    test('gives for any trace what core makes of its spans', async () => {
      await using store = await open()
      let trace = 0
      await assert(
        asyncProperty(traceArbitrary, async (given) => {
          const traceId = traceIdOf(++trace)
          const spans = inTrace(given, traceId)
          await store.write(batchOf(spans))
          await expectTruth(store, spans)
        }),
        { ...seeded, numRuns: 60 },
      )
    })

    test('gives the same for portions that are written at once', async () => {
      await using store = await open()
      const samples = sample(traceArbitrary, { ...seeded, numRuns: 20 })
      const traces = samples.map((spans, at) => inTrace(spans, traceIdOf(at + 1)))
      await Promise.all(traces.flatMap((spans) => spans.map((span) => store.write(batchOf([span])))))
      for (const spans of traces) await expectTruth(store, spans)
      expect(await store.readStats({})).toMatchObject({ traces: 20, spans: traces.flat().length })
    })

    test('gives the same for spans shuffled, doubled, and in small portions', async () => {
      await using store = await open()
      let trace = 0
      await assert(
        asyncProperty(inPortions(), async ({ given, portions }) => {
          const traceId = traceIdOf(++trace)
          await store.write(batchOf(inTrace(given, traceId)))
          for (const portion of portions) {
            await store.write(batchOf(inTrace(portion, traceId), { projectId: projectB }))
          }
          const whole = await readWhole(store, { projectId: projectA }, traceId)
          expect(await readWhole(store, { projectId: projectB }, traceId)).toEqual(whole)
        }),
        { ...seeded, numRuns: 40 },
      )
      const everything = { fromUs: 0, toUs: Number.MAX_SAFE_INTEGER, interval: 'day' } as const
      const whole = await store.readAnalytics({ projectId: projectA }, everything)
      const portioned = await store.readAnalytics({ projectId: projectB }, everything)
      expect(portioned.summary).toEqual({ ...whole.summary, slowRequests: expect.any(Number) })
      expect(portioned.charts).toEqual(whole.charts)
      expect(portioned.modelBreakdown).toEqual(whole.modelBreakdown)
      expect(portioned.toolBreakdown).toEqual(whole.toolBreakdown)
    })
  })
}

async function expectTruth(store: Awaited<ReturnType<OpenStore>>, spans: readonly Span[]): Promise<void> {
  const scope = { projectId: projectA }
  const { traceId } = spans[0]!
  const { detail, steps } = trueTrace(spans)
  const { trace } = await store.readTrace(scope, traceId, { limit: 1 })
  const { projectId: _, ...told } = timeless(trace)
  expect(told).toEqual(detail)
  expect(await stepsOf(store, scope, traceId, 7)).toEqual(steps)
  const row = (await listAll(store, scope)).find((each) => each.traceId === traceId)!
  expect(timeless(row)).toEqual({ ...trueRow(spans), projectId: projectA })
}

/** A trace, and all its spans again in portions, shuffled, some of them twice. */
function inPortions(): Arbitrary<{ given: readonly Span[]; portions: Span[][] }> {
  return traceArbitrary.chain((given) => {
    const all = [...given, ...given.filter((_, at) => at % 3 === 0)]
    return tuple(shuffledSubarray(all, { minLength: all.length }), integer({ min: 1, max: 6 })).map(
      ([shuffled, size]) => ({ given, portions: portionsOf(shuffled, size) }),
    )
  })
}

function portionsOf(spans: readonly Span[], size: number): Span[][] {
  return Array.from({ length: Math.ceil(spans.length / size) }, (_, at) => spans.slice(at * size, (at + 1) * size))
}
