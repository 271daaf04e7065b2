import type { DatabaseSync } from 'node:sqlite'
import { decodeOwners, encodeOwners, maxChunkBytes, packEntries, unpackEntries, type OwnerRun } from '../../chunk.ts'
import type { WriterParts } from '../writer-parts.ts'

/** A chunk of fewer bytes is put together with its neighbours. */
const smallBytes = 64_000

/** So many chunks are looked at in one turn, and so many of the newest are left: more may come beside them. */
const chunksATurn = 64
const newestLeft = 64

/** What tells whether a chunk is to be put together with another; its entries are not read for that. */
interface ChunkSize {
  readonly id: number
  readonly n: number
  readonly raw: number
}

/**
 * Puts small chunks together: spans that come one by one make one each, which compress badly. Ids stay as they are,
 * since chunks of consecutive ids make a chunk of all of them. Of details that nothing refers to any more, of spans that
 * were replaced, only the references are kept: they tell whoever deletes the trace which bodies it used.
 *
 * What was looked at once is left alone; `meta` holds how far that is.
 * @returns whether there may be more to do.
 */
export function repackChunks({ database, memory }: WriterParts): boolean {
  const done = Number(database.prepare(`select value from meta where key = 'repacked'`).get()?.['value'] ?? 0)
  const rows = database
    .prepare('select id, n, raw from chunk where id > ? order by id limit ?')
    .all(done, chunksATurn + newestLeft) as unknown as ChunkSize[]
  const ripe = rows.slice(0, -newestLeft)
  if (ripe.length < chunksATurn) return false
  let last = done
  for (const group of groupsOf(ripe)) {
    // The last group may go on in the next turn.
    if (group.at(-1) === ripe.at(-1) && group[0] !== ripe[0]) break
    if (group.length > 1)
      mergeChunks(
        database,
        group.map((row) => row.id),
      )
    last = group.at(-1)!.id
  }
  database.prepare(`insert or replace into meta(key, value) values ('repacked', ?)`).run(BigInt(last))
  memory.entries.forget()
  return true
}

/** Chunks that can be one: small, of ids that follow each other, together no larger than a chunk may be. */
function groupsOf(rows: readonly ChunkSize[]): ChunkSize[][] {
  const groups: ChunkSize[][] = []
  let bytes = 0
  for (const row of rows) {
    const group = groups.at(-1)
    const before = group?.at(-1)
    const follows = before !== undefined && before.id + before.n === row.id
    const areSmall = before !== undefined && before.raw < smallBytes && row.raw < smallBytes
    if (group !== undefined && follows && areSmall && bytes + row.raw <= maxChunkBytes) {
      group.push(row)
      bytes += row.raw
    } else {
      groups.push([row])
      bytes = row.raw
    }
  }
  return groups
}

function mergeChunks(database: DatabaseSync, ids: readonly number[]): void {
  const read = database.prepare('select owners, hash, z from chunk where id = ?')
  const remove = database.prepare('delete from chunk where id = ?')
  const disown = database.prepare('delete from chunk_owner where tid = ? and chunk = ?')
  const owners: OwnerRun[] = []
  const entries: string[] = []
  const hashes: Uint8Array[] = []
  // An owner that was deleted has no row any more, though bodies that others use are still under its number.
  const owning = new Set<number>()
  for (const id of ids) {
    const row = read.get(id)!
    const runs = decodeOwners(row['owners'] as string)
    owners.push(...runs)
    entries.push(...unpackEntries(row['z'] as Uint8Array))
    hashes.push(row['hash'] as Uint8Array)
    remove.run(id)
    for (const { tid } of runs) if (disown.run(tid, id).changes > 0) owning.add(tid)
  }

  const first = ids[0]!
  const { raw, z } = packEntries(withoutDeadDetails(database, first, entries, owners))
  const own = database.prepare('insert into chunk_owner(tid, chunk) values (?, ?)')
  for (const tid of owning) own.run(tid, first)
  database
    .prepare('insert into chunk(id, n, raw, owners, hash, z) values (?, ?, ?, ?, ?, ?)')
    .run(first, entries.length, raw, encodeOwners(owners), Buffer.concat(hashes), z)
}

/** A detail is alive while the row of a span refers to it, or a log record. */
function withoutDeadDetails(
  database: DatabaseSync,
  firstId: number,
  entries: readonly string[],
  owners: readonly OwnerRun[],
): string[] {
  const live = new Set<number>()
  const ofSpans = database.prepare('select detail as id from span where tid = ?')
  const ofRecords = database.prepare('select entry as id from log_record where id = ?')
  for (const tid of new Set(owners.map((run) => run.tid))) {
    for (const { id } of [...ofSpans.all(tid), ...ofRecords.all(tid)]) live.add(id as number)
  }
  const kept = [...entries]
  let at = 0
  for (const { bodies, details } of owners) {
    for (let index = at + bodies; index < at + bodies + details; index++) {
      if (!live.has(firstId + index)) kept[index] = referencesOf(kept[index]!)
    }
    at += bodies + details
  }
  return kept
}

function referencesOf(detail: string): string {
  const refs = detail === '' ? undefined : (JSON.parse(detail) as { refs?: unknown }).refs
  return refs === undefined ? '' : JSON.stringify({ refs })
}
