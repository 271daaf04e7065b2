import type { DatabaseSync } from 'node:sqlite'
import {
  bytesOfHashes,
  hashesOfBytes,
  keysOfRefs,
  readRefs,
  type BodyHash,
  type StoredRefs,
} from '../../../bodies/index.ts'
import { decodeOwners, packEntries, placeOfEntry, unpackEntries, type Chunk } from '../../chunk.ts'
import { deletedHash } from '../body-chunks.ts'
import type { ProjectEntry } from '../project-rows.ts'
import type { WriterMemory } from '../writer-memory.ts'
import type { WriterParts } from '../writer-parts.ts'

/**
 * Empties what deleted traces brought to chunks: their details, and those of their bodies that no other trace refers to.
 *
 * A body lives while its owner does, or any trace of `body_use` that exists. So when the last user goes, and the owner
 * went before, the body goes with the user. Ids stay: an emptied entry is an empty text, and a chunk without any other
 * is deleted. The hashes of bodies that go are forgotten in the same turn, or new spans would refer to what is gone.
 */
export class EntryRemover {
  readonly #memory: WriterMemory
  readonly #statements: ReturnType<typeof prepareStatements>
  /** Chunks that are being changed, by their first id. */
  readonly #chunks = new Map<number, OpenChunk>()

  constructor({ database, memory }: WriterParts) {
    this.#memory = memory
    this.#statements = prepareStatements(database)
  }

  /**
   * Empties entries of a trace, in so many chunks at most. The trace's row is gone.
   * @returns how many chunks were looked at: fewer than the limit when none is left.
   */
  removeEntries(project: ProjectEntry, tid: number, limit: number): number {
    const { chunksOf, disown } = this.#statements
    const chunks = chunksOf.all(tid, limit).map((row) => row['chunk'] as number)
    for (const chunk of chunks) {
      this.#removeFrom(project, tid, this.#open(chunk))
      disown.run(tid, chunk)
    }
    return chunks.length
  }

  /** Deletes rows that refer to bodies from elsewhere than chunks, and gives up those uses too. */
  releaseRows(project: ProjectEntry, tid: number): void {
    const { sayings, forgetSayings, records, forgetRecords } = this.#statements
    for (const row of sayings.all({ tid })) this.#release(project, tid, row['v'] as string)
    for (const statement of forgetSayings) statement.run({ tid })
    for (const row of records.all({ tid })) this.#empty(project, row['entry'] as number)
    forgetRecords.run({ tid })
  }

  /** Writes the chunks that were changed. */
  finish(): void {
    const { rewrite, remove } = this.#statements
    for (const { firstId, entries, hashes, isChanged } of this.#chunks.values()) {
      if (!isChanged) continue
      if (entries.every((text) => text === '')) {
        remove.run(firstId)
        continue
      }
      const { raw, z } = packEntries(entries)
      rewrite.run(raw, bytesOfHashes(hashes), z, firstId)
    }
    this.#chunks.clear()
    this.#memory.entries.forget()
  }

  #removeFrom(project: ProjectEntry, tid: number, chunk: OpenChunk | undefined): void {
    for (const [index, text] of chunk?.entries.entries() ?? []) {
      const place = placeOfEntry(chunk!.owners, index)
      if (place?.owner !== tid || text === '') continue
      const id = chunk!.firstId + index
      if (place.body === undefined) {
        this.#release(project, tid, text)
        this.#empty(project, id)
      } else if (!this.#isUsed(id)) this.#empty(project, id)
    }
  }

  /** Gives up the uses that a trace's JSON tells of, and empties bodies that nobody is left for. */
  #release(project: ProjectEntry, tid: number, json: string): void {
    const { refs } = JSON.parse(json) as { readonly refs?: StoredRefs }
    if (refs === undefined) return
    for (const id of new Set(keysOfRefs(readRefs(refs)))) {
      if (this.#statements.giveUp.run(id, tid).changes === 0) continue
      if (!this.#isOwned(id) && !this.#isUsed(id)) this.#empty(project, id)
    }
  }

  #isUsed(body: number): boolean {
    return this.#statements.user.get(body) !== undefined
  }

  #isOwned(body: number): boolean {
    const chunk = this.#chunkOf(body)
    const owner = chunk && placeOfEntry(chunk.owners, body - chunk.firstId)?.owner
    return owner !== undefined && this.#statements.trace.get(owner) !== undefined
  }

  #empty(project: ProjectEntry, id: number): void {
    const chunk = this.#chunkOf(id)
    const index = id - (chunk?.firstId ?? 0)
    if (chunk?.entries[index] === undefined || chunk.entries[index] === '') return
    chunk.entries[index] = ''
    chunk.isChanged = true
    const body = placeOfEntry(chunk.owners, index)?.body
    if (body === undefined) return
    this.#memory.bodies.forget(project, chunk.hashes[body]!)
    chunk.hashes[body] = deletedHash
    project.bodies -= 1
  }

  #chunkOf(id: number): OpenChunk | undefined {
    const row = this.#statements.chunkOf.get(id)
    return row && this.#open(row['id'] as number)
  }

  #open(firstId: number): OpenChunk | undefined {
    const known = this.#chunks.get(firstId)
    if (known !== undefined) return known
    const row = this.#statements.chunk.get(firstId)
    if (row === undefined) return undefined
    const chunk = {
      firstId,
      entries: unpackEntries(row['z'] as Uint8Array),
      owners: decodeOwners(row['owners'] as string),
      hashes: hashesOfBytes(row['hash'] as Uint8Array),
      isChanged: false,
    }
    this.#chunks.set(firstId, chunk)
    return chunk
  }
}

interface OpenChunk extends Chunk {
  readonly entries: string[]
  readonly hashes: BodyHash[]
  isChanged: boolean
}

function prepareStatements(database: DatabaseSync) {
  const records = 'from log_record where tid = :tid or used_tid = :tid'
  return {
    chunksOf: database.prepare('select chunk from chunk_owner where tid = ? limit ?'),
    disown: database.prepare('delete from chunk_owner where tid = ? and chunk = ?'),
    chunkOf: database.prepare('select id from chunk where id <= ? order by id desc limit 1'),
    chunk: database.prepare('select owners, hash, z from chunk where id = ?'),
    rewrite: database.prepare('update chunk set raw = ?, hash = ?, z = ? where id = ?'),
    remove: database.prepare('delete from chunk where id = ?'),
    user: database.prepare(
      'select 1 from body_use u where u.body = ? and exists (select 1 from trace t where t.id = u.tid) limit 1',
    ),
    giveUp: database.prepare('delete from body_use where body = ? and tid = ?'),
    trace: database.prepare('select 1 from trace where id = ?'),
    sayings: database.prepare(
      'select v from trace_context where tid = :tid union all select v from span_fill where tid = :tid',
    ),
    forgetSayings: ['trace_context', 'span_fill'].map((table) =>
      database.prepare(`delete from ${table} where tid = :tid`),
    ),
    records: database.prepare(`select entry ${records}`),
    forgetRecords: database.prepare(`delete ${records}`),
  }
}
