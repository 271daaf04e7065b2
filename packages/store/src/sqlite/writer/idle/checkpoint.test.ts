import { rmSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openStoreFixture, type StoreFixture } from '../../store-fixture.ts'
import { Checkpoints } from './checkpoint.ts'

let store: StoreFixture
let faults: unknown[]

beforeEach(() => {
  vi.useFakeTimers()
  store = openStoreFixture()
  store.database.exec('create table noise(bytes blob)')
  faults = []
})

afterEach(() => {
  store[Symbol.dispose]()
  vi.useRealTimers()
})

const path = (): string => store.database.location()!
const logBytes = (): number => statSync(`${path()}-wal`).size
const commit = (bytes: number) => store.database.exec(`insert into noise values (randomblob(${bytes}))`)
const checkpoints = (of = path()) => new Checkpoints(store.database, of, (fault) => faults.push(fault))

describe('Checkpoints', () => {
  test('empty a large log as soon as it is quiet, and leave a small one', () => {
    using empties = checkpoints()
    commit(100_000)
    empties.afterCommit()
    vi.advanceTimersByTime(1000)
    expect(logBytes()).toBeGreaterThan(100_000)
    for (let commits = 0; commits < 4; commits++) {
      commit(1_000_000)
      empties.afterCommit()
      vi.advanceTimersByTime(200)
    }
    expect(logBytes()).toBeGreaterThan(4_000_000)
    vi.advanceTimersByTime(50)
    expect([logBytes(), faults]).toEqual([0, []])
  })

  test('empty a log that has grown too large though it is never quiet', () => {
    using empties = checkpoints()
    commit(65_000_000)
    empties.afterCommit()
    expect(logBytes()).toBe(0)
  })

  test.each([
    ['once it is quiet', 2_000_000],
    ['after a commit', 65_000_000],
  ])('that fail %s tell why, throw nothing, and are tried again after the next commit', (_when, bytes) => {
    using empties = checkpoints()
    commit(bytes)
    // The engine empties no log in the middle of a transaction.
    store.database.exec('begin immediate; delete from noise')
    empties.afterCommit()
    vi.advanceTimersByTime(1000)
    expect(faults.length).toBeGreaterThan(0)
    for (const fault of faults) expect(fault).toMatchObject({ message: expect.stringContaining('locked') })
    expect(store.database.prepare('pragma busy_timeout').get()).toEqual({ timeout: 5000 })

    store.database.exec('commit')
    empties.afterCommit()
    vi.advanceTimersByTime(1000)
    expect([logBytes(), faults.at(-1)]).toEqual([0, undefined])
  })

  test('that cannot see how large the log is tell why, and throw nothing', () => {
    using empties = checkpoints('x'.repeat(10_000))
    empties.afterCommit()
    expect(faults).toMatchObject([{ code: 'ENAMETOOLONG' }])
  })

  test('that failed once are tried again however small the log is', () => {
    const file = join(dirname(path()), 'seen')
    symlinkSync('seen-wal', `${file}-wal`)
    using empties = checkpoints(file)
    empties.afterCommit()
    expect(faults).toMatchObject([{ code: 'ELOOP' }])
    rmSync(`${file}-wal`)
    empties.afterCommit()
    vi.advanceTimersByTime(1000)
    expect(faults.at(-1)).toBeUndefined()
  })

  test('that a reader hinders do not say that a fault is over', () => {
    using empties = checkpoints()
    commit(2_000_000)
    store.database.exec('begin immediate; delete from noise')
    empties.afterCommit()
    vi.advanceTimersByTime(1000)
    using reader = new DatabaseSync(path())
    reader.exec('begin; select * from noise limit 1')
    store.database.exec('commit')
    empties.afterCommit()
    vi.advanceTimersByTime(1000)
    expect(faults.at(-1)).toMatchObject({ message: expect.stringContaining('locked') })
    reader.exec('commit')
    empties.afterCommit()
    vi.advanceTimersByTime(1000)
    expect(faults.at(-1)).toBeUndefined()
  })
})
