import type { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import { bodyHash, bytesOfHashes, hexOfHash } from '../../bodies/index.ts'
import { encodeOwners, packEntries, type OwnerRun } from '../chunk.ts'
import { openForReading } from '../open-database.ts'
import { ChunkCache } from './chunk-cache.ts'
import { Reader } from './reader.ts'

let database: DatabaseSync
let reader: Reader

beforeEach(() => {
  database = openForReading('/nowhere')
  reader = new Reader(database)
})

const bodyText = (id: number) => JSON.stringify(`body ${id}`)

/** A chunk whose runs hold bodies that say their id, and details that say so. */
function insertChunk(firstId: number, owners: readonly OwnerRun[]): void {
  const entries: string[] = []
  const hashes = owners.flatMap(({ bodies, details }) => {
    const texts = Array.from({ length: bodies }, (_, index) => bodyText(firstId + entries.length + index))
    entries.push(...texts, ...Array.from({ length: details }, () => '{"detail":true}'))
    return texts.map((text) => bodyHash(text))
  })
  const { raw, z } = packEntries(entries)
  database
    .prepare('insert or replace into chunk(id, n, raw, owners, hash, z) values (?, ?, ?, ?, ?, ?)')
    .run(firstId, entries.length, raw, encodeOwners(owners), bytesOfHashes(hashes), z)
}

/** Empties one entry, as deletion does. */
function emptyEntry(firstId: number, count: number, index: number): void {
  const entries = Array.from({ length: count }, (_, place) => (place === index ? '' : bodyText(firstId + place)))
  const { raw, z } = packEntries(entries)
  database.prepare('update chunk set raw = ?, z = ? where id = ?').run(raw, z, firstId)
}

describe('ChunkCache.entry', () => {
  test('finds bodies and details by id, with their owner and hash', () => {
    insertChunk(10, [
      { tid: 1, bodies: 2, details: 1 },
      { tid: 2, bodies: 1, details: 0 },
    ])
    const hash = (id: number) => hexOfHash(bodyHash(bodyText(id)))
    expect([10, 11, 12, 13].map((id) => reader.chunks.entry(id))).toEqual([
      { text: bodyText(10), owner: 1, hash: hash(10) },
      { text: bodyText(11), owner: 1, hash: hash(11) },
      { text: '{"detail":true}', owner: 1, hash: undefined },
      { text: bodyText(13), owner: 2, hash: hash(13) },
    ])
  })

  test('knows nothing before, between and behind chunks, nor what was emptied', () => {
    insertChunk(10, [{ tid: 1, bodies: 2, details: 0 }])
    insertChunk(20, [{ tid: 1, bodies: 2, details: 0 }])
    expect([9, 12, 19, 22].map((id) => reader.chunks.entry(id))).toEqual([undefined, undefined, undefined, undefined])
    emptyEntry(20, 2, 1)
    expect([20, 21].map((id) => reader.chunks.entry(id)?.text)).toEqual([bodyText(20), undefined])
  })

  test('sees that a chunk which it has read was emptied in part, or has taken in the next', () => {
    insertChunk(10, [{ tid: 1, bodies: 3, details: 0 }])
    insertChunk(13, [{ tid: 1, bodies: 1, details: 0 }])
    expect(reader.chunks.entry(11)?.text).toBe(bodyText(11))
    emptyEntry(10, 3, 1)
    expect(reader.chunks.entry(11)).toBeUndefined()
    database.exec('delete from chunk')
    insertChunk(10, [{ tid: 1, bodies: 4, details: 0 }])
    expect([11, 13].map((id) => reader.chunks.entry(id)?.text)).toEqual([bodyText(11), bodyText(13)])
  })

  test('keeps what was used last, within its bounds', () => {
    for (const id of [10, 20, 30]) insertChunk(id, [{ tid: 1, bodies: 2, details: 0 }])
    const bytes = Number(database.prepare('select raw from chunk where id = 10').get()?.['raw'])
    const cache = new ChunkCache(reader, 2 * bytes)
    // Told apart by a text that changes behind its back, which no writer does.
    const read = (id: number) => cache.entry(id)?.text
    for (const id of [10, 20, 10, 30]) read(id)
    for (const id of [10, 20, 30])
      database.prepare('update chunk set z = ? where id = ?').run(packEntries(['"x"', '"y"']).z, id)
    expect([10, 30, 20].map(read)).toEqual([bodyText(10), bodyText(30), '"x"'])
  })
})
