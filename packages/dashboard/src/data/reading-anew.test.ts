import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { queryKeys } from './query-keys.ts'
import { ReadingAnew } from './reading-anew.ts'

const list = queryKeys.traces({})
const trace = queryKeys.trace('a', undefined)
let queries: QueryClient
let anew: ReadingAnew

beforeEach(() => {
  vi.useFakeTimers()
  queries = new QueryClient()
  anew = new ReadingAnew(queries)
  answerAll()
})

afterEach(() => vi.useRealTimers())

/** The server has answered: nothing is out of date. */
function answerAll(): void {
  for (const key of [list, trace]) queries.setQueryData(key, {})
}

const isAsked = (key: readonly unknown[]) => queries.getQueryState(key)?.isInvalidated

describe('ReadingAnew', () => {
  test('reads everything after a gap', () => {
    anew.readAll()
    vi.advanceTimersByTime(0)
    expect([isAsked(list), isAsked(trace)]).toEqual([true, true])
  })

  test('does not read for every one of many gaps, but once more after the last', () => {
    anew.readAll()
    vi.advanceTimersByTime(0)
    answerAll()
    for (let gap = 0; gap < 50; gap++) {
      anew.readAll()
      vi.advanceTimersByTime(50)
    }
    expect(isAsked(list)).toBe(false)
    vi.advanceTimersByTime(3000)
    expect(isAsked(list)).toBe(true)
    answerAll()
    vi.advanceTimersByTime(60_000)
    expect(isAsked(list)).toBe(false)
  })

  test('leaves lists alone where only steps may be missing', () => {
    anew.readSteps()
    expect([isAsked(list), isAsked(trace)]).toEqual([false, true])
  })
})
