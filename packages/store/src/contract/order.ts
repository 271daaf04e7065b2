import { asyncProperty, assert, integer, sample, shuffledSubarray, tuple, type Arbitrary } from 'fast-check'
import type { LogEvent, ProjectId, Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import type { Analytics } from '../port/queries.ts'
import type { TraceStore } from '../port/trace-store.ts'
import type { WriteBatch } from '../port/write-batch.ts'
import { logArbitrary } from './log-arbitrary.ts'
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
        asyncProperty(traceArbitrary.chain(inPortions), async ({ given, portions }) => {
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
      const { summary, ...figures } = await figuresOf(store, projectA)
      const portioned = await figuresOf(store, projectB)
      expect(portioned).toEqual({ ...figures, summary: { ...summary, slowRequests: expect.any(Number) } })
    })

    // Every run opens a store of its own.
    test('gives the same for log records and spans, whichever come first', async () => {
      const both = tuple(traceArbitrary, logArbitrary).map(([spans, logEvents]) => [...spans, ...logEvents])
      await assert(
        asyncProperty(both.chain(inPortions), async ({ given, portions }) => {
          await using store = await open()
          await store.write(batchOfBoth(given, projectA))
          for (const portion of portions) await store.write(batchOfBoth(portion, projectB))
          const whole = await everythingIn(store, projectA)
          expect(await everythingIn(store, projectB)).toEqual(whole)
        }),
        { ...seeded, numRuns: 12 },
      )
    })
  })
}

async function expectTruth(store: TraceStore, spans: readonly Span[]): Promise<void> {
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

/** Of the two only spans have a kind. */
function isSpan(item: Span | LogEvent): item is Span {
  return 'kind' in item
}

function batchOfBoth(items: readonly (Span | LogEvent)[], projectId: ProjectId): WriteBatch {
  return batchOf(items.filter(isSpan), {
    projectId,
    logEvents: items.filter((item): item is LogEvent => !isSpan(item)),
  })
}

async function everythingIn(store: TraceStore, projectId: ProjectId): Promise<unknown> {
  const rows = await listAll(store, { projectId })
  const wholes = await Promise.all(rows.map((row) => readWhole(store, { projectId }, row.traceId)))
  const { summary, ...figures } = await figuresOf(store, projectId)
  return { wholes, ...figures, summary: { ...summary, slowRequests: 0 } }
}

type Figures = Pick<Analytics, 'summary' | 'charts' | 'modelBreakdown' | 'toolBreakdown'>

async function figuresOf(store: TraceStore, projectId: ProjectId): Promise<Figures> {
  const ever = { fromUs: 0, toUs: Number.MAX_SAFE_INTEGER, interval: 'day' } as const
  const { summary, charts, modelBreakdown, toolBreakdown } = await store.readAnalytics({ projectId }, ever)
  return { summary, charts, modelBreakdown, toolBreakdown }
}

/** Things, and all of them again in portions, shuffled, some of them twice. */
function inPortions<Item>(given: readonly Item[]): Arbitrary<{ given: readonly Item[]; portions: Item[][] }> {
  const all = [...given, ...given.filter((_, at) => at % 3 === 0)]
  return tuple(shuffledSubarray(all, { minLength: all.length }), integer({ min: 1, max: 6 })).map(
    ([shuffled, size]) => ({ given, portions: portionsOf(shuffled, size) }),
  )
}

function portionsOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}
