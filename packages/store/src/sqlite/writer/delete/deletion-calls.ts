import type { ProjectId, TraceId } from '@tracellm/core'
import type { Deletion, Scope } from '../../../port/queries.ts'
import type { Handlers } from '../../../thread/index.ts'
import { findTrace } from '../find-trace.ts'
import { foldLateRollups } from '../idle/fold-rollups.ts'
import type { Writer } from '../writer.ts'
import { deleteEmptyProject, hideSomeOfProject } from './delete-project.ts'
import { takeOutSome, TraceHider } from './delete-traces.ts'
import { TextSweeper } from './text-sweeper.ts'
import { Turns } from './turns.ts'

/** What the writer deletes when asked. Both take many turns, between which it writes. */
export interface DeletionCalls {
  deleteTrace(scope: Scope, traceId: TraceId): Promise<Deletion>
  deleteProject(projectId: ProjectId): Promise<Deletion>
  /** Finishes what was being deleted when the store was closed or its process died. */
  finishDeletions(): Promise<void>
}

/** @param writer asked for with each turn */
export function deletionCalls(writer: () => Writer): Handlers<DeletionCalls> {
  const sweeper = new TextSweeper(writer)

  async function takeOutAll(turns: Turns): Promise<void> {
    await turns.takeWhile(takeOutSome)
    // What was taken out of rollups that are folded stands beside them, signed, until it is folded too.
    await turns.takeWhile(foldLateRollups)
    await sweeper.sweep(turns)
    await turns.giveBack()
  }

  return {
    async deleteTrace(scope, traceId) {
      const turns = new Turns(writer)
      const deletedSpans = turns.take((parts) => {
        const { tid } = findTrace(parts.database, scope, traceId)
        parts.transaction.rejoinWithout(parts.memory.traces.read(tid)!)
        return new TraceHider(parts).hide(tid)
      })
      await takeOutAll(turns)
      return { deletedTraces: 1, deletedSpans, freedBytes: turns.freedBytes }
    },

    async deleteProject(projectId) {
      const turns = new Turns(writer)
      let deletedTraces = 0
      let deletedSpans = 0
      do {
        // All are hidden before any is taken out: most share chunks, which are then rewritten once.
        await turns.takeWhile((parts) => {
          const hidden = hideSomeOfProject(parts, projectId)
          deletedTraces += hidden.traces
          deletedSpans += hidden.spans
          return hidden.isMore
        })
        await turns.takeWhile(takeOutSome)
      } while (!turns.take((parts) => deleteEmptyProject(parts, projectId)))
      await takeOutAll(turns)
      return { deletedTraces, deletedSpans, freedBytes: turns.freedBytes }
    },

    async finishDeletions() {
      const turns = new Turns(writer)
      sweeper.resume(turns)
      const begun = turns.take(({ database }) => database.prepare('select 1 from deletion limit 1').get())
      if (begun !== undefined) await takeOutAll(turns)
    },
  }
}
