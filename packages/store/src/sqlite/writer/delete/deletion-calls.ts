import { setImmediate } from 'node:timers/promises'
import type { ProjectId, TraceId } from '@tracellm/core'
import type { DatabaseSync } from 'node:sqlite'
import type { Deletion, Scope } from '../../../port/queries.ts'
import type { Handlers } from '../../../thread/index.ts'
import { findTrace } from '../find-trace.ts'
import type { Writer } from '../writer.ts'
import type { WriterParts } from '../writer-parts.ts'
import { deleteEmptyProject, hideSomeOfProject } from './delete-project.ts'
import { hideTrace, takeOutSome } from './delete-traces.ts'

/** What the writer deletes when asked. Both take many turns, between which it writes. */
export interface DeletionCalls {
  deleteTrace(scope: Scope, traceId: TraceId): Promise<Deletion>
  deleteProject(projectId: ProjectId): Promise<Deletion>
}

/** Pages that one turn gives back to the system: those at the end of the file are moved into gaps. */
const maxPagesATurn = 500

/** @param writer asked for with each turn */
export function deletionCalls(writer: () => Writer): Handlers<DeletionCalls> {
  return {
    async deleteTrace(scope, traceId) {
      const turns = new Turns(writer)
      const spans = turns.take((parts) => hideTrace(parts, findTrace(parts.database, scope, traceId).tid))
      await turns.takeOutAll()
      return { deletedTraces: 1, deletedSpans: spans, freedBytes: turns.freedBytes }
    },

    async deleteProject(projectId) {
      const turns = new Turns(writer)
      let deletedTraces = 0
      let deletedSpans = 0
      do {
        const hidden = turns.take((parts) => hideSomeOfProject(parts, projectId))
        deletedTraces += hidden.traces
        deletedSpans += hidden.spans
        await turns.takeOutAll()
      } while (!turns.take((parts) => deleteEmptyProject(parts, projectId)))
      await turns.giveBack()
      return { deletedTraces, deletedSpans, freedBytes: turns.freedBytes }
    },
  }
}

/** Finishes what was being deleted when the store was closed or its process died. */
export async function finishDeletions(writer: () => Writer): Promise<void> {
  await new Turns(writer).takeOutAll()
}

/** Transactions one after another, with room for others in between, and the pages that they freed. */
class Turns {
  readonly #writer: () => Writer
  #freedPages = 0
  #pageBytes = 0

  constructor(writer: () => Writer) {
    this.#writer = writer
  }

  get freedBytes(): number {
    return Math.max(0, this.#freedPages) * this.#pageBytes
  }

  take<Result>(work: (parts: WriterParts) => Result): Result {
    return this.#writer().run((parts) => {
      const before = usedPages(parts.database)
      const result = work(parts)
      this.#freedPages += before - usedPages(parts.database)
      this.#pageBytes = pragma(parts.database, 'page_size')
      return result
    })
  }

  async takeOutAll(): Promise<void> {
    while (this.take(takeOutSome)) await setImmediate()
    await this.giveBack()
  }

  async giveBack(): Promise<void> {
    while (this.take(giveBackSome)) await setImmediate()
  }
}

/** @returns whether free pages are left. */
function giveBackSome({ database }: WriterParts): boolean {
  if (pragma(database, 'freelist_count') === 0) return false
  database.exec(`pragma incremental_vacuum(${maxPagesATurn})`)
  return pragma(database, 'freelist_count') > 0
}

function usedPages(database: DatabaseSync): number {
  return pragma(database, 'page_count') - pragma(database, 'freelist_count')
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0])
}
