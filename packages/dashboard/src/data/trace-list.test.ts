import type { TraceJson, TracePageJson } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { sampleTrace } from './sample-trace.ts'
import { refreshTracePage, updateTracePages } from './trace-list.ts'

const page = (next_cursor: string | null, ...items: TraceJson[]): TracePageJson => ({
  items,
  total: 9,
  total_is_exact: true,
  next_cursor,
})
const [a, b, c, d] = [sampleTrace('a', 40), sampleTrace('b', 30), sampleTrace('c', 20), sampleTrace('d', 10)]
const pages = [page('more', a, b), page(null, c, d)]
const namesOf = (updated: readonly TracePageJson[]) => updated.map(({ items }) => items.map(({ name }) => name))
const later = (trace: TraceJson, fields: Partial<TraceJson>): TraceJson => ({
  ...trace,
  updated_at: '2026-11-24T00:00:00.000000Z',
  ...fields,
})

describe('updateTracePages', () => {
  test('puts a new trace on top and counts it', () => {
    const updated = updateTracePages(pages, {}, [sampleTrace('new', 50)])
    expect(namesOf(updated)).toEqual([
      ['new', 'a', 'b'],
      ['c', 'd'],
    ])
    expect(updated.map(({ total }) => total)).toEqual([10, 10])
  })

  test('puts a late one in the place of its time, also at the very end', () => {
    expect(namesOf(updateTracePages(pages, {}, [sampleTrace('late', 25)]))[1]).toEqual(['late', 'c', 'd'])
    expect(namesOf(updateTracePages(pages, {}, [sampleTrace('last', 1)]))[1]).toEqual(['c', 'd', 'last'])
  })

  test('leaves one that is older than what is loaded to the page it is on', () => {
    const [updated] = updateTracePages([page('more', a, b)], {}, [sampleTrace('old', 5)])
    expect(updated!.items).toEqual([a, b])
    expect(updated!.total).toBe(10)
  })

  test('renews a trace in its place', () => {
    const failed = later(c, { status: 'failed' })
    expect(updateTracePages(pages, {}, [failed])).toEqual([pages[0], { ...pages[1], items: [failed, d] }])
  })

  test('moves a trace whose start has become earlier', () => {
    const moved = later(a, { started_at: sampleTrace('x', 15).started_at })
    expect(namesOf(updateTracePages(pages, {}, [moved]))).toEqual([['b'], ['c', 'a', 'd']])
  })

  test('takes out what matches no longer, and lets in what matches now', () => {
    const [running, done] = [sampleTrace('r', 30, { status: 'running' }), sampleTrace('s', 40)]
    const list = [page(null, running)]
    expect(namesOf(updateTracePages(list, { status: 'running' }, [later(running, { status: 'success' })]))).toEqual([
      [],
    ])
    expect(namesOf(updateTracePages(list, { status: 'running' }, [done]))).toEqual([['r']])
    const again = later(done, { status: 'running' })
    expect(namesOf(updateTracePages(list, { status: 'running' }, [again]))).toEqual([['s', 'r']])
  })

  test('does not go back to an older state', () => {
    const now = later(a, { status: 'failed' })
    const list = [page(null, now)]
    expect(updateTracePages(list, {}, [a])).toBe(list)
  })

  test('keeps the same id in two projects apart', () => {
    const other = { ...a, project_id: 'shop' as TraceJson['project_id'] }
    expect(updateTracePages([page(null, a)], {}, [other])[0]!.items).toEqual([other, a])
  })

  test('matches a model by any call of the trace', () => {
    const trace = sampleTrace('m', 50, { models: ['gpt-5', 'haiku'], model_name: 'gpt-5' })
    expect(namesOf(updateTracePages([page(null)], { model: 'haiku' }, [trace]))).toEqual([['m']])
  })
})

describe('refreshTracePage', () => {
  test('renews what is on the page and adds nothing', () => {
    const newer = later(c, { status: 'failed' })
    expect(refreshTracePage(pages[1]!, [newer, sampleTrace('new', 15)]).items).toEqual([newer, d])
  })
})
