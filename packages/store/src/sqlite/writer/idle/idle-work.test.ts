import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openStoreFixture, type StoreFixture } from '../../store-fixture.ts'
import { IdleWork } from './idle-work.ts'

let store: StoreFixture

beforeEach(() => {
  vi.useFakeTimers()
  store = openStoreFixture()
})

afterEach(() => {
  store[Symbol.dispose]()
  vi.useRealTimers()
})

describe('IdleWork', () => {
  test('works piece by piece once it is quiet, until nothing is left', () => {
    const left = [3, 1]
    const done: number[] = []
    using work = new IdleWork(
      store.writer,
      left.map((_, place) => () => {
        if (left[place] === 0) return false
        left[place]! -= 1
        done.push(place)
        return true
      }),
    )
    work.afterCommit()
    vi.advanceTimersByTime(9000)
    work.afterCommit()
    vi.advanceTimersByTime(9000)
    expect(done).toEqual([])
    vi.advanceTimersByTime(2000)
    vi.runAllTimers()
    expect(done).toEqual([0, 0, 0, 1])
  })

  test('stops as soon as something is written, and goes on when it is quiet again', () => {
    let done = 0
    using work = new IdleWork(store.writer, [() => ++done < 10])
    work.afterCommit()
    vi.advanceTimersByTime(10_000)
    expect(done).toBe(1)
    work.afterCommit()
    vi.advanceTimersByTime(9999)
    expect(done).toBe(1)
    vi.runAllTimers()
    expect(done).toBe(10)
  })

  test('does a piece now and then where it is never quiet', () => {
    let done = 0
    using work = new IdleWork(store.writer, [() => ++done > 0])
    for (let second = 0; second < 600; second++) {
      work.afterCommit()
      vi.advanceTimersByTime(500)
    }
    expect(done).toBeGreaterThan(3)
    expect(done).toBeLessThan(8)
  })

  test('survives what fails, and leaves it for the next time', () => {
    let tries = 0
    using work = new IdleWork(store.writer, [
      () => {
        tries += 1
        throw new Error('the disk is full')
      },
    ])
    for (let time = 1; time < 4; time++) {
      work.afterCommit()
      vi.advanceTimersByTime(10_000)
      expect(tries).toBe(time)
    }
  })
})
