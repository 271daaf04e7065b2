import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { bytesOfHashes, hashesOfBytes, RecentHashes, type BodyHash } from '../../bodies/index.ts'
import { decodeOwners, encodeOwners, maxChunkBytes, packEntries, type EntryText, type OwnerRun } from '../chunk.ts'
import type { Counters } from './counters.ts'
import type { ProjectEntry } from './project-rows.ts'

/** So much of the newest chunks is looked at when the store opens, so that what was stored lately is known again. */
const maxWarmedHashes = 50_000
const maxWarmedChunks = 2_000

/** Stands in a chunk for the hash of a body that was deleted. */
export const deletedHash = '\0'.repeat(16) as BodyHash

/** A body that is stored: its entry, and the trace (or log record) that brought it. */
export interface KnownBody {
  readonly id: number
  readonly owner: number
}

/**
 * Appends bodies and details to chunks, and remembers the hashes of bodies that came lately.
 *
 * Ids are given at once; the chunks of a transaction are compressed and written when it ends, since a call of the
 * compressor costs the same for a line as for a page. There is no index on hashes: a body that was forgotten is stored
 * again, which is far cheaper than looking for each.
 */
export class BodyChunks {
  readonly #counters: Counters
  readonly #insert: StatementSync
  readonly #insertOwner: StatementSync
  readonly #insertUse: StatementSync
  readonly #known = new RecentHashes<KnownBody>()
  #entries: EntryText[] = []
  #hashes: BodyHash[] = []
  #owners: { -readonly [Field in keyof OwnerRun]: OwnerRun[Field] }[] = []
  #firstId = 0
  #bytes = 0

  constructor(database: DatabaseSync, counters: Counters) {
    this.#counters = counters
    this.#insert = database.prepare('insert into chunk(id, n, raw, owners, hash, z) values (?, ?, ?, ?, ?, ?)')
    this.#insertOwner = database.prepare('insert into chunk_owner(tid, chunk) values (?, ?)')
    this.#insertUse = database.prepare('insert or ignore into body_use(body, tid) values (?, ?)')
    this.#warm(database)
  }

  find(project: ProjectEntry, hash: BodyHash): KnownBody | undefined {
    return this.#known.get(project.projectId, hash)
  }

  /** Forgets bodies that are being deleted, or new spans would refer to what is gone. */
  forget(project: ProjectEntry, hash: BodyHash): void {
    this.#known.delete(project.projectId, hash)
  }

  addBody(project: ProjectEntry, tid: number, hash: BodyHash, text: Uint8Array): KnownBody {
    const id = this.#add(text, text.length)
    this.#hashes.push(hash)
    const run = this.#owners.at(-1)
    if (run?.tid === tid && run.details === 0) run.bodies += 1
    else this.#owners.push({ tid, bodies: 1, details: 0 })
    project.bodies += 1
    const known = { id, owner: tid }
    this.#known.set(project.projectId, hash, known)
    return known
  }

  /** @param length about how many bytes it has */
  addDetail(tid: number, text: EntryText, length: number): number {
    const id = this.#add(text, length)
    const run = this.#owners.at(-1)
    if (run?.tid === tid) run.details += 1
    else this.#owners.push({ tid, bodies: 0, details: 1 })
    return id
  }

  /** Notes that a trace refers to a body that another brought. */
  addUse(body: number, tid: number): void {
    this.#insertUse.run(body, tid)
  }

  /** Writes the open chunk. To be called before the transaction ends, and before an entry of it is read. */
  flush(): void {
    if (this.#entries.length === 0) return
    const { raw, z } = packEntries(this.#entries)
    this.#insert.run(
      this.#firstId,
      this.#entries.length,
      raw,
      encodeOwners(this.#owners),
      bytesOfHashes(this.#hashes),
      z,
    )
    for (const tid of new Set(this.#owners.map((run) => run.tid))) this.#insertOwner.run(tid, this.#firstId)
    this.#entries = []
    this.#hashes = []
    this.#owners = []
    this.#bytes = 0
  }

  #add(text: EntryText, length: number): number {
    if (this.#bytes > 0 && this.#bytes + length > maxChunkBytes) this.flush()
    const id = this.#counters.take('entry')
    if (this.#entries.length === 0) this.#firstId = id
    this.#entries.push(text)
    this.#bytes += length
    return id
  }

  #warm(database: DatabaseSync): void {
    const projectOf = database.prepare(
      `select project_id from project where id in
       (select project from trace where id = :tid union all select project from log_record where id = :tid)`,
    )
    const projects = new Map<number, string | undefined>()
    const newest = database.prepare('select id, owners, hash from chunk order by id desc limit ?')
    const known: [string, BodyHash, KnownBody][] = []
    for (const row of newest.iterate(maxWarmedChunks)) {
      const hashes = hashesOfBytes(row['hash'] as Uint8Array)
      let id = row['id'] as number
      for (const { tid, bodies, details } of decodeOwners(row['owners'] as string)) {
        if (!projects.has(tid)) projects.set(tid, projectOf.get({ tid })?.['project_id'] as string | undefined)
        const project = projects.get(tid)
        for (const [index, hash] of hashes.splice(0, bodies).entries()) {
          if (project !== undefined && hash !== deletedHash) known.push([project, hash, { id: id + index, owner: tid }])
        }
        id += bodies + details
      }
      if (known.length >= maxWarmedHashes) break
    }
    for (const [project, hash, body] of known.toReversed()) this.#known.set(project, hash, body)
  }
}
