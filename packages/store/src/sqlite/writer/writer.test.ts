import { describe, expect, test } from 'vitest'
import { openStoreFixture, type StoreFixture } from '../store-fixture.ts'
import { Writer } from './writer.ts'

function openWriter({ database }: StoreFixture) {
  const faults: unknown[] = []
  const writer = new Writer(database, {
    path: 'spans.db',
    clock: () => 0,
    machine: { hostName: 'here', isProcessGone: () => false },
    tellFault: (fault) => faults.push(fault),
  })
  return { writer, faults }
}

/** A failure that leaves a store behind which cannot be read back. */
function failBadly(writer: Writer): void {
  writer.run(({ database }) => {
    database.exec('rollback; alter table dict rename to lost')
    throw new Error('the write failed')
  })
}

describe('Writer', () => {
  test('says of what fails why, though what is stored cannot be read back', () => {
    using store = openStoreFixture()
    const { writer, faults } = openWriter(store)
    expect(() => failBadly(writer)).toThrow('the write failed')
    expect(faults).toMatchObject([{ message: expect.stringContaining('dict') }])
  })

  test('writes nothing from a memory that may be wrong, and says so', () => {
    using store = openStoreFixture()
    const { writer } = openWriter(store)
    expect(() => failBadly(writer)).toThrow('the write failed')
    let hasRun = false
    const code = 'TL_STORE_UNAVAILABLE'
    expect(() => writer.run(() => (hasRun = true))).toThrow(expect.objectContaining({ code }))
    expect(writer.write([{} as never, {} as never])).toMatchObject([{ code }, { code }])
    expect(hasRun).toBe(false)
  })

  test('goes on once it can be read back', () => {
    using store = openStoreFixture()
    const { writer, faults } = openWriter(store)
    expect(() => failBadly(writer)).toThrow('the write failed')
    store.database.exec('alter table lost rename to dict')
    expect(writer.run(({ memory }) => memory.counters.get('sequence'))).toBe(0)
    expect(faults.at(-1)).toBeUndefined()
  })
})
