import type { Step, TraceId } from '@tracellm/core'
import { expect } from 'vitest'
import type { Page, PageRequest, Scope, SpanRead, TraceDetail, TraceFilter, TraceRow } from '../port/queries.ts'
import type { TraceStore } from '../port/trace-store.ts'

/** Every adapter's contract opens a fresh, empty store for each test; the test closes it. */
export type OpenStore = () => Promise<TraceStore>

/** All items of a list, page by page; fails when a page is empty, too long or the last of too many. */
export async function readPages<Item>(read: (page: PageRequest) => Promise<Page<Item>>, limit = 50): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < 10_000; pages++) {
    const page = await read(cursor === undefined ? { limit } : { limit, cursor })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.items)
    if (page.nextCursor === undefined) return items
    expect(page.items).not.toHaveLength(0)
    cursor = page.nextCursor
  }
  throw new Error('The list has no end')
}

export function listAll(store: TraceStore, scope: Scope, filter: TraceFilter = {}, limit = 50): Promise<TraceRow[]> {
  return readPages((page) => store.listTraces(scope, filter, page), limit)
}

export function stepsOf(store: TraceStore, scope: Scope, traceId: TraceId, limit = 1000): Promise<Step[]> {
  return readPages(async (page) => (await store.readTrace(scope, traceId, page)).steps, limit)
}

export function spansOf(store: TraceStore, scope: Scope, traceId: TraceId, limit = 100): Promise<SpanRead[]> {
  return readPages((page) => store.readSpans(scope, traceId, page), limit)
}

/** What only the store's own clock and history decide, left out so that the same spans give the same answer. */
export function timeless<Row extends TraceRow>(row: Row): Omit<Row, 'createdUs' | 'updatedUs' | 'slow'> {
  const { createdUs: _created, updatedUs: _updated, slow: _slow, ...rest } = row
  return rest
}

/** Everything the store says of one trace, comparable with what another scope or another store says of it. */
export async function readWhole(store: TraceStore, scope: Scope, traceId: TraceId): Promise<WholeTrace> {
  const { trace } = await store.readTrace(scope, traceId, { limit: 1 })
  const { projectId: _, ...detail } = timeless(trace)
  const spans = await spansOf(store, scope, traceId)
  return {
    trace: detail,
    steps: await stepsOf(store, scope, traceId),
    skeleton: await store.readSkeleton(scope, traceId),
    spans: spans.map(({ projectId: _project, bodies, ...span }) => ({ ...span, bodies: hashesOf(bodies) })),
  }
}

export interface WholeTrace {
  readonly trace: Partial<TraceDetail>
  readonly steps: readonly Step[]
  readonly skeleton: object
  readonly spans: readonly object[]
}

function hashesOf({ input, output, toolDefinitions }: SpanRead['bodies']): readonly (string | undefined)[][] {
  return [input.map((ref) => ref.hash), output.map((ref) => ref.hash), [toolDefinitions?.hash]]
}
