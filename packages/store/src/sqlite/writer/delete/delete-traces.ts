import type { StatementSync } from 'node:sqlite'
import { spanRollupChange, traceRollupChange } from '@tracellm/core'
import { inRollup } from '../write-transaction.ts'
import type { WriterMemory } from '../writer-memory.ts'
import type { WriterParts } from '../writer-parts.ts'
import { EntryRemover } from './free-bodies.ts'

/**
 * Deleting in small turns, each a transaction, so that writes go on in between.
 *
 * ```
 * one turn     TraceHider: out of lists, labels, sessions, rollups and log records, and noted in `deletion`
 * more turns   takeOutSome: its spans, then its entries, until `deletion` is empty
 * ```
 * From the first turn on no answer knows the trace, and what the turns have left to do survives a crash.
 */

/** Rows of spans that one turn deletes, and chunks that it rewrites: some 15 ms. */
const maxSpansATurn = 1000
const maxChunksATurn = 16

/** Takes traces out of every answer and every sum, in one turn. */
export class TraceHider {
  readonly #memory: WriterMemory
  readonly #deletes: readonly StatementSync[]
  readonly #note: StatementSync
  readonly #deleteRecordsOf: StatementSync
  readonly #deleteRecords: StatementSync

  constructor({ database, memory }: WriterParts) {
    this.#memory = memory
    this.#deletes = ['trace where id', 'trace_text where id', 'score where tid', 'sought_call where tid'].map((rows) =>
      database.prepare(`delete from ${rows} = ?`),
    )
    this.#note = database.prepare('insert into deletion(tid, project) values (?, ?)')
    const deleteRecords = 'delete from log_record where'
    this.#deleteRecordsOf = database.prepare(`${deleteRecords} tid = :tid or used_tid = :tid returning id`)
    this.#deleteRecords = database.prepare(
      `${deleteRecords} id in (select id from log_record where project = ? limit ?) returning id`,
    )
  }

  /** With it go the log records that name it and those that it has something of. @returns how many spans it had. */
  hide(tid: number): number {
    const { rollups, sessions, labels, traces } = this.#memory
    const entry = traces.read(tid)
    if (entry === undefined) return 0
    const { project, state, totals, slow } = entry
    if (totals !== undefined) {
      rollups.add(traceRollupChange({ projectId: project.projectId, trace: totals, slow }, undefined))
      for (const span of state.spans()) rollups.add(spanRollupChange(inRollup(entry, totals, span), undefined))
      sessions.change(project, totals, undefined)
      project.traces -= 1
      project.spans -= state.size
      entry.totals = undefined
      labels.write(entry)
    }
    for (const statement of this.#deletes) statement.run(tid)
    for (const row of this.#deleteRecordsOf.all({ tid })) this.#note.run(row['id']!, project.id)
    this.#note.run(tid, project.id)
    traces.forget(entry.traceId)
    return state.size
  }

  /** Log records of a project, whatever they belong to. @returns how many, at most the limit. */
  hideRecords(project: number, limit: number): number {
    const rows = this.#deleteRecords.all(project, limit)
    for (const row of rows) this.#note.run(row['id']!, project)
    return rows.length
  }
}

/**
 * One turn of taking out what hidden traces have left behind.
 * @returns whether there is more to do.
 */
export function takeOutSome(parts: WriterParts): boolean {
  const { database, memory } = parts
  const remover = new EntryRemover(parts)
  let spansLeft = maxSpansATurn
  let chunksLeft = maxChunksATurn
  for (const row of database.prepare('select tid, project from deletion order by tid limit ?').all(maxSpansATurn)) {
    const tid = row['tid'] as number
    const project = memory.projects.byNumber(row['project'] as number)
    spansLeft -= deleteSpans(parts, tid, spansLeft)
    if (spansLeft <= 0) break
    chunksLeft -= remover.removeEntries(tid, chunksLeft)
    if (chunksLeft <= 0) break
    remover.releaseRows(project, tid)
    database.prepare('delete from deletion where tid = ?').run(tid)
  }
  remover.finish()
  return database.prepare('select exists (select 1 from deletion) more').get()?.['more'] === 1
}

/** @returns how many; the limit where there may be more. */
function deleteSpans({ database }: WriterParts, tid: number, limit: number): number {
  const some = 'select sid from span where tid = :tid limit :limit'
  const count = Number(database.prepare(`select count(*) n from (${some})`).get({ tid, limit })?.['n'])
  if (count < limit) database.prepare('delete from span where tid = ?').run(tid)
  else database.prepare(`delete from span where tid = :tid and sid in (${some})`).run({ tid, limit })
  return count
}
