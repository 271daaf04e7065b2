import type { LiveEventJson, LiveStepJson, TraceDetailJson, TraceJson, TracePageJson } from '@tracellm/core/wire'
import { QueryClient, type InfiniteData } from '@tanstack/react-query'
import { beforeEach, describe, expect, test } from 'vitest'
import { sampleStep } from '../layout/sample-step.ts'
import { takeLiveEvents } from './live-updates.ts'
import { queryKeys } from './query-keys.ts'
import { RecentTraces } from './recent-traces.ts'
import { sampleTrace } from './sample-trace.ts'
import type { TraceFilter } from './trace-filter.ts'

let queries: QueryClient
let recent: RecentTraces

beforeEach(() => {
  queries = new QueryClient()
  recent = new RecentTraces()
})

function putList(filter: TraceFilter, ...items: TraceJson[]): void {
  const page: TracePageJson = { items, total: items.length, total_is_exact: true, next_cursor: null }
  queries.setQueryData<InfiniteData<TracePageJson>>(queryKeys.traces(filter), {
    pages: [page],
    pageParams: [undefined],
  })
}

function putTrace(traceId: string): void {
  const resource = { attributes: {}, schema_url: null }
  const own = { metadata: {}, release: null, resource, active_ms: 5, steps: [sampleStep('a')], next_cursor: null }
  const page: TraceDetailJson = { ...sampleTrace(traceId, 0), ...own }
  const data = { pages: [page], pageParams: [undefined] }
  queries.setQueryData<InfiniteData<TraceDetailJson>>(queryKeys.trace(traceId, undefined), data)
}

const pagesOf = <Page>(key: readonly unknown[]) => queries.getQueryData<InfiniteData<Page>>(key)!.pages
const listed = (filter: TraceFilter) =>
  pagesOf<TracePageJson>(queryKeys.traces(filter)).flatMap(({ items }) => items.map(({ name }) => name))

const event = (data: TraceJson): LiveEventJson => ({ type: 'trace.updated', sequence: 1, at: '', data })
const stepEvent = (data: LiveStepJson): LiveEventJson => ({ type: 'span.created', sequence: 1, at: '', data })
const takeAt = (nowMs: number, ...events: LiveEventJson[]) => takeLiveEvents(queries, recent, events, nowMs)
const take = (...events: LiveEventJson[]) => takeAt(0, ...events)

describe('takeLiveEvents', () => {
  test('brings a trace into every list that it matches', () => {
    putList({}, sampleTrace('old', 1))
    putList({ status: 'failed' })
    take(event(sampleTrace('new', 2)))
    expect(listed({})).toEqual(['new', 'old'])
    expect(listed({ status: 'failed' })).toEqual([])
  })

  test('brings figures and steps into the trace they belong to, and marks what was read of the step as old', () => {
    putTrace('one')
    putTrace('two')
    queries.setQueryData(queryKeys.span('one', 'b', undefined), {})
    const { trace_id, project_id } = sampleTrace('one', 0)
    take(event(sampleTrace('one', 0, { span_count: 2 })), stepEvent({ ...sampleStep('b'), trace_id, project_id }))

    const [one] = pagesOf<TraceDetailJson>(queryKeys.trace('one', undefined))
    expect(one).toMatchObject({ span_count: 2, active_ms: 5, steps: [{ step_id: 'a' }, { step_id: 'b' }] })
    expect(pagesOf<TraceDetailJson>(queryKeys.trace('two', undefined))[0]!.steps).toHaveLength(1)
    expect(queries.getQueryState(queryKeys.span('one', 'b', undefined))?.isInvalidated).toBe(true)
  })

  test('reads a trace anew when its start has moved, from which the steps are counted', () => {
    putTrace('one')
    take(event(sampleTrace('one', 0, { updated_at: '2027-01-01T00:00:00.000000Z' })))
    expect(queries.getQueryState(queryKeys.trace('one', undefined))?.isInvalidated).toBe(false)
    const earlier = { started_at: '2026-01-01T00:00:00.000000Z', updated_at: '2027-01-02T00:00:00.000000Z' }
    take(event(sampleTrace('one', 0, earlier)))
    expect(queries.getQueryState(queryKeys.trace('one', undefined))?.isInvalidated).toBe(true)
  })

  test('remembers for ten seconds what it was told, for answers that are on their way', () => {
    takeAt(100, event(sampleTrace('new', 2)))
    expect(recent.since(100).map(({ name }) => name)).toEqual(['new'])
    expect(recent.since(101)).toEqual([])
    takeAt(10_099, event(sampleTrace('newer', 3)))
    expect(recent.since(100).map(({ name }) => name)).toEqual(['new', 'newer'])
    takeAt(10_100)
    expect(recent.since(100).map(({ name }) => name)).toEqual(['newer'])
  })

  test('begins a list again that has grown for long', () => {
    putList({}, ...Array.from({ length: 1000 }, (_, place) => sampleTrace(`old ${place}`, 2000 - place)))
    take(event(sampleTrace('new', 3000)))
    expect(listed({})).toHaveLength(100)
    expect(listed({})[0]).toBe('new')
    expect(queries.getQueryState(queryKeys.traces({}))?.isInvalidated).toBe(true)
  })
})
