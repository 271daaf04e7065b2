import type { DatabaseSync } from 'node:sqlite'
import { bytesOfHashes, hashesOfBytes, type BodyHash } from '../../../bodies/index.ts'
import { decodeOwners, packEntries, placeOfEntry, unpackEntries, type OwnerRun } from '../../chunk.ts'
import { deletedHash } from '../body-chunks.ts'
import type { ProjectEntry } from '../project-rows.ts'
import type { WriterMemory } from '../writer-memory.ts'
import type { WriterParts } from '../writer-parts.ts'

/**
 * Empties what hidden traces and log records (those in `deletion`) brought to chunks: their details, and those of their
 * bodies that nothing else refers to.
 *
 * A body lives while its owner does, or any trace or log record of `body_use` that exists. So when the last user goes,
 * and the owner went before, the body goes with the user. Ids stay: an emptied entry is an empty text, and a chunk
 * without any other is deleted. The hashes of bodies that go are forgotten in the same turn, or new spans would refer to
 * what is gone.
 *
 * Traces that were sent at the same time share chunks, and are mostly deleted together: a chunk that is looked at for
 * one of them is emptied for all, and one of which nothing stays is not even inflated.
 */
export class EntryRemover {
  readonly #memory: WriterMemory
  readonly #statements: ReturnType<typeof prepareStatements>
  /** Chunks that are being changed, by their first id. */
  readonly #chunks = new Map<number, OpenChunk>()
  /** Bodies that have lost a user: looked at once for all that they lost. */
  readonly #deserted = new Map<number, ProjectEntry>()

  constructor({ database, memory }: WriterParts) {
    this.#memory = memory
    this.#statements = prepareStatements(database)
  }

  /**
   * Empties the entries of a hidden trace, in so many chunks at most, and there those of all other hidden traces.
   * @returns how many chunks were looked at: fewer than the limit when none is left.
   */
  removeEntries(tid: number, limit: number): number {
    const chunks = this.#statements.chunksOf.all(tid, limit).map((row) => row['chunk'] as number)
    for (const firstId of chunks) this.#removeFrom(this.#open(firstId)!)
    return chunks.length
  }

  /** Deletes what else there is of a hidden trace, and gives up its uses of bodies that others brought. */
  releaseRows(project: ProjectEntry, tid: number): void {
    const { giveUp, sayings } = this.#statements
    for (const row of giveUp.all(tid)) this.#deserted.set(row['body'] as number, project)
    for (const statement of sayings) statement.run(tid)
  }

  /** Empties bodies that nobody is left for, and writes the chunks that were changed. */
  finish(): void {
    for (const [id, project] of this.#deserted) {
      if (!this.#isOwned(id) && !this.#isUsed(id)) this.#empty(project, id)
    }
    for (const chunk of this.#chunks.values()) if (chunk.isChanged) this.#write(chunk)
    this.#memory.entries.forget()
  }

  #removeFrom(chunk: OpenChunk): void {
    const runs = placedRuns(chunk).map((run) => ({ ...run, project: this.#projectOfHidden(run.tid) }))
    const used = this.#usedOf(chunk)
    if (used.size === 0 && runs.every(({ project }) => project !== undefined)) {
      for (const { project, hashes } of runs) for (const hash of hashes) this.#forgetBody(project!, hash)
      this.#deleteChunk(chunk)
    } else {
      for (const { project, first, bodies, details } of runs) {
        for (let index = first; index < first + bodies + details; index++) {
          if (project !== undefined && !used.has(chunk.firstId + index)) this.#emptyIn(project, chunk, index)
        }
      }
    }
    for (const { tid, project } of runs) if (project !== undefined) this.#statements.disown.run(tid, chunk.firstId)
  }

  /** Bodies of a chunk that a trace refers to which is not their owner. */
  #usedOf({ firstId, count }: OpenChunk): ReadonlySet<number> {
    const rows = this.#statements.noted.all(firstId, firstId + count)
    return new Set(rows.map((row) => row['body'] as number).filter((body) => this.#isUsed(body)))
  }

  #isUsed(body: number): boolean {
    return this.#statements.user.get(body) !== undefined
  }

  /** Whether its owner is there, or is hidden and this chunk will be looked at for it. */
  #isOwned(body: number): boolean {
    const chunk = this.#chunkOf(body)
    const owner = chunk && placeOfEntry(chunk.owners, body - chunk.firstId)?.owner
    return owner !== undefined && this.#statements.owns.get(owner, chunk!.firstId) !== undefined
  }

  #projectOfHidden(tid: number): ProjectEntry | undefined {
    const row = this.#statements.hidden.get(tid)
    return row && this.#memory.projects.byNumber(row['project'] as number)
  }

  #empty(project: ProjectEntry, id: number): void {
    const chunk = this.#chunkOf(id)
    if (chunk !== undefined && id < chunk.firstId + chunk.count) this.#emptyIn(project, chunk, id - chunk.firstId)
  }

  #emptyIn(project: ProjectEntry, chunk: OpenChunk, index: number): void {
    const entries = (chunk.entries ??= this.#inflate(chunk))
    if (entries[index] === '') return
    entries[index] = ''
    chunk.isChanged = true
    const body = placeOfEntry(chunk.owners, index)?.body
    if (body === undefined) return
    this.#forgetBody(project, chunk.hashes[body]!)
    this.#statements.forgetUsers.run(chunk.firstId + index, chunk.firstId + index + 1)
    chunk.hashes[body] = deletedHash
  }

  #forgetBody(project: ProjectEntry, hash: BodyHash): void {
    if (hash === deletedHash) return
    this.#memory.bodies.forget(project, hash)
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
    const chunk: OpenChunk = {
      firstId,
      count: row['n'] as number,
      owners: decodeOwners(row['owners'] as string),
      hashes: hashesOfBytes(row['hash'] as Uint8Array),
      entries: undefined,
      isChanged: false,
    }
    this.#chunks.set(firstId, chunk)
    return chunk
  }

  #inflate({ firstId }: OpenChunk): string[] {
    return unpackEntries(this.#statements.contents.get(firstId)!['z'] as Uint8Array)
  }

  #write(chunk: OpenChunk): void {
    if (chunk.entries!.every((text) => text === '')) {
      this.#deleteChunk(chunk)
      return
    }
    const { raw, z } = packEntries(chunk.entries!)
    this.#statements.rewrite.run(raw, bytesOfHashes(chunk.hashes), z, chunk.firstId)
  }

  #deleteChunk({ firstId, count }: OpenChunk): void {
    // Whoever is still noted as a user is hidden too, and need not look for it any more.
    this.#statements.forgetUsers.run(firstId, firstId + count)
    this.#statements.remove.run(firstId)
    this.#chunks.delete(firstId)
  }
}

interface OpenChunk {
  readonly firstId: number
  readonly count: number
  readonly owners: readonly OwnerRun[]
  /** Of its bodies, in order. */
  readonly hashes: BodyHash[]
  /** Absent until somebody needs them. */
  entries: string[] | undefined
  isChanged: boolean
}

/** The runs of a chunk, each with the place of its first entry and the hashes of its bodies. */
function placedRuns({ owners, hashes }: OpenChunk): (OwnerRun & { first: number; hashes: readonly BodyHash[] })[] {
  let first = 0
  let firstBody = 0
  return owners.map((run) => {
    const placed = { ...run, first, hashes: hashes.slice(firstBody, firstBody + run.bodies) }
    first += run.bodies + run.details
    firstBody += run.bodies
    return placed
  })
}

function prepareStatements(database: DatabaseSync) {
  return {
    hidden: database.prepare('select project from deletion where tid = ?'),
    owns: database.prepare('select 1 from chunk_owner where tid = ? and chunk = ?'),
    chunksOf: database.prepare('select chunk from chunk_owner where tid = ? limit ?'),
    disown: database.prepare('delete from chunk_owner where tid = ? and chunk = ?'),
    chunkOf: database.prepare('select id from chunk where id <= ? order by id desc limit 1'),
    chunk: database.prepare('select n, owners, hash from chunk where id = ?'),
    contents: database.prepare('select z from chunk where id = ?'),
    rewrite: database.prepare('update chunk set raw = ?, hash = ?, z = ? where id = ?'),
    remove: database.prepare('delete from chunk where id = ?'),
    noted: database.prepare('select distinct body from body_use where body >= ? and body < ?'),
    // The newest first: as a rule it is old traces that are hidden.
    user: database.prepare(
      `select 1 from body_use u where u.body = ? and (exists (select 1 from trace where id = u.tid)
         or exists (select 1 from log_record where id = u.tid)) order by u.tid desc limit 1`,
    ),
    forgetUsers: database.prepare('delete from body_use where body >= ? and body < ?'),
    giveUp: database.prepare('delete from body_use where tid = ? returning body'),
    sayings: ['trace_context', 'span_fill'].map((table) => database.prepare(`delete from ${table} where tid = ?`)),
  }
}
