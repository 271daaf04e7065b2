import { TraceLLMError, type TraceStatus } from '@tracellm/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scope, TraceFilter, TracePage, TraceRow } from '../../port/queries.ts'
import { openForReading } from '../open-database.ts'
import { listTraces } from './list-traces.ts'
import { Reader, type ReaderLimits } from './reader.ts'
import { insertTrace, traceIdOf, type TraceFixture } from './trace-fixture.ts'
import { View } from './view.ts'

function readerOf(traces: readonly TraceFixture[], limits?: ReaderLimits): Reader {
  const reader = new Reader(openForReading('/nowhere'), limits)
  for (const trace of traces) insertTrace(reader.database, trace)
  return reader
}

/** All pages of a list, each with at most `limit`. */
function listAll(
  reader: Reader,
  scope: Scope,
  filter: TraceFilter,
  limit: number,
): { pages: TracePage[]; rows: TraceRow[] } {
  const pages: TracePage[] = []
  let cursor: string | undefined
  do {
    const page = listTraces(new View(reader, scope), filter, { limit, ...(cursor !== undefined && { cursor }) })
    pages.push(page)
    expect(page.nextCursor === undefined || page.nextCursor !== cursor, 'a page leads on').toBe(true)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return { pages, rows: pages.flatMap((page) => page.items) }
}

function within(value: number | undefined, min = -Infinity, max = Infinity): boolean {
  return (min === -Infinity && max === Infinity) || (value !== undefined && value >= min && value <= max)
}

/** The same by looking at every trace. */
function expectedOf(traces: readonly TraceFixture[], scope: Scope, filter: TraceFilter): TraceFixture[] {
  return traces
    .filter(
      (trace) =>
        (scope.projectId === undefined || trace.projectId === scope.projectId) &&
        (scope.environment === undefined || trace.environment === scope.environment) &&
        (filter.environment === undefined || trace.environment === filter.environment) &&
        (filter.status === undefined || trace.status === filter.status) &&
        (filter.model === undefined || trace.model === filter.model) &&
        (filter.userId === undefined || trace.userId === filter.userId) &&
        (filter.sessionId === undefined || trace.sessionId === filter.sessionId) &&
        within(trace.latencyUs, filter.latencyMinUs, filter.latencyMaxUs) &&
        within(trace.tokens ?? 0, filter.tokenMin, filter.tokenMax) &&
        trace.startUs >= (filter.fromUs ?? 0) &&
        trace.startUs < (filter.toUs ?? Infinity),
    )
    .toSorted(
      (one, other) =>
        other.startUs - one.startUs || compare(other.traceId, one.traceId) || compare(other.projectId, one.projectId),
    )
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
const keys = (rows: readonly { projectId: string; traceId: string }[]) =>
  rows.map(({ projectId, traceId }) => `${projectId} ${Number.parseInt(traceId, 16)}`)

const someOf = <Value>(...values: readonly Value[]) => fc.constantFrom(...values, undefined)
const status = fc.constantFrom<TraceStatus>('running', 'success', 'warning', 'failed', 'interrupted')

const traces = fc.uniqueArray(
  fc.record({
    projectId: fc.constantFrom('one', 'two', 'three'),
    traceId: fc.integer({ min: 1, max: 25 }).map(traceIdOf),
    startUs: fc.integer({ min: 1, max: 6 }),
    latencyUs: fc.option(fc.nat(20), { nil: undefined }),
    status,
    environment: someOf('prod', 'dev'),
    model: someOf('large', 'small'),
    userId: someOf('anna', 'ben'),
    sessionId: someOf('s1', 's2'),
    tokens: fc.nat(20),
  }),
  { minLength: 10, maxLength: 60, selector: (trace) => `${trace.projectId} ${trace.traceId}` },
)

/** Mostly absent: a filter with many conditions matches nothing, and tells nothing apart. */
const rarely = <Value>(values: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: values })

const filters = fc.record({
  environment: rarely(fc.constantFrom('prod', 'dev', 'nowhere')),
  status: rarely(status),
  model: rarely(fc.constantFrom('large', 'small', 'unknown')),
  userId: rarely(fc.constantFrom('anna', 'ben')),
  sessionId: rarely(fc.constantFrom('s1', 's2')),
  latencyMinUs: rarely(fc.nat(20)),
  latencyMaxUs: rarely(fc.nat(20)),
  tokenMin: rarely(fc.nat(20)),
  tokenMax: rarely(fc.nat(20)),
  fromUs: rarely(fc.nat(7)),
  toUs: rarely(fc.nat(8)),
})

const scopes = fc.constantFrom<Scope>(
  {},
  { projectId: 'one' as never },
  { projectId: 'two' as never, environment: 'prod' },
  { environment: 'dev' },
)

describe('listTraces', () => {
  test('gives what looking at every trace gives, page by page, in order', () => {
    fc.assert(
      fc.property(traces, filters, scopes, fc.integer({ min: 1, max: 7 }), (kept, filter, scope, limit) => {
        const expected = expectedOf(kept, scope, filter)
        const { pages, rows } = listAll(readerOf(kept), scope, filter, limit)
        expect(keys(rows)).toEqual(keys(expected))
        for (const page of pages) expect(page).toMatchObject({ total: expected.length, totalIsExact: true })
        expect(pages.slice(0, -1).every((page) => page.items.length === limit)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test('gives the same when every bound is reached all the time, on shorter pages', () => {
    fc.assert(
      fc.property(traces, filters, scopes, fc.integer({ min: 1, max: 7 }), (kept, filter, scope, limit) => {
        const { pages, rows } = listAll(readerOf(kept, { rows: 4, labelRows: 2 }), scope, filter, limit)
        const expected = expectedOf(kept, scope, filter)
        expect(keys(rows)).toEqual(keys(expected))
        const exact = pages.filter((page) => page.totalIsExact)
        expect(exact.every((page) => page.total === expected.length)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test('says that a total is not exact when the bound cut the count off', () => {
    const kept = Array.from({ length: 10 }, (_, n): TraceFixture => ({
      projectId: 'one',
      traceId: traceIdOf(n + 1),
      startUs: n,
      status: n === 0 ? 'warning' : 'success',
    }))
    const page = listTraces(
      new View(readerOf(kept, { rows: 4, labelRows: 2 }), {}),
      { status: 'warning' },
      { limit: 5 },
    )
    expect(page).toMatchObject({ items: [], totalIsExact: false })
    expect(page.nextCursor).toBeDefined()
  })

  test('counts up to 10,000', () => {
    const many = Array.from({ length: 10_001 }, (_, n): TraceFixture => ({
      projectId: n % 2 === 0 ? 'one' : 'two',
      traceId: traceIdOf(n + 1),
      startUs: n,
      status: 'success',
    }))
    const reader = readerOf(many)
    expect(listTraces(new View(reader, {}), {}, { limit: 1 })).toMatchObject({ total: 10_000, totalIsExact: false })
    const odd = new View(reader, { projectId: 'two' as never })
    expect(listTraces(odd, {}, { limit: 1 })).toMatchObject({ total: 5000, totalIsExact: true })
  })

  test('leaves out rows of traces that have no spans yet', () => {
    const reader = readerOf([{ projectId: 'one', traceId: traceIdOf(1), startUs: 5, status: 'running' }])
    reader.database.exec('update trace set start_us = null')
    const view = new View(reader, {})
    expect(listTraces(view, {}, { limit: 5 }).items).toEqual([])
    expect(() => view.findTrace(traceIdOf(1))).toThrow(TraceLLMError)
  })

  test.each([
    '',
    'nonsense',
    Buffer.from('["t",1]').toString('base64url'),
    Buffer.from('["s",1,"a"]').toString('base64url'),
  ])('refuses the cursor %j', (cursor) => {
    const view = new View(readerOf([]), {})
    expect(() => listTraces(view, {}, { limit: 5, cursor })).toThrow(expect.objectContaining({ code: 'TL_BAD_CURSOR' }))
  })
})
