import { spanRollupChange, traceRollupChange } from '@tracellm/core'
import { inRollup } from '../write-transaction.ts'
import type { WriterParts } from '../writer-parts.ts'
import { EntryRemover } from './free-bodies.ts'

/**
 * Deleting in small turns, each a transaction, so that writes go on in between.
 *
 * ```
 * one turn     hideTrace: out of lists, labels, sessions and rollups, and noted in `deletion`
 * more turns   takeOutSome: its spans, then its entries, until `deletion` is empty
 * ```
 * From the first turn on no answer knows the trace, and what the turns have left to do survives a crash.
 */

/** Rows of spans that one turn deletes, and chunks that it rewrites: some 20 ms. */
const maxSpansATurn = 2000
const maxChunksATurn = 32

/** Takes a trace out of every answer and every sum. @returns how many spans it had. */
export function hideTrace({ database, memory }: WriterParts, tid: number): number {
  const entry = memory.traces.read(tid)
  if (entry === undefined) return 0
  const { project, state, totals, slow, traceId } = entry
  if (totals !== undefined) {
    memory.rollups.add(traceRollupChange({ projectId: project.projectId, trace: totals, slow }, undefined))
    for (const span of state.spans()) memory.rollups.add(spanRollupChange(inRollup(entry, totals, span), undefined))
    memory.sessions.change(project, totals, undefined)
    project.traces -= 1
    project.spans -= state.size
    entry.totals = undefined
    memory.labels.write(entry)
  }
  for (const table of ['trace', 'trace_text']) database.prepare(`delete from ${table} where id = ?`).run(tid)
  database.prepare('delete from score where tid = ?').run(tid)
  database.prepare('insert into deletion(tid, project) values (?, ?)').run(tid, project.id)
  memory.traces.forget(traceId)
  return state.size
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
    chunksLeft -= remover.removeEntries(project, tid, chunksLeft)
    if (chunksLeft <= 0) break
    remover.releaseRows(project, tid)
    database.prepare('delete from deletion where tid = ?').run(tid)
  }
  remover.finish()
  return database.prepare('select exists (select 1 from deletion) more').get()?.['more'] === 1
}

function deleteSpans({ database }: WriterParts, tid: number, limit: number): number {
  const some = 'select sid from span where tid = :tid limit :limit'
  const { changes } = database.prepare(`delete from span where tid = :tid and sid in (${some})`).run({ tid, limit })
  return Number(changes)
}
