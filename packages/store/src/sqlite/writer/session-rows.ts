import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { TraceTotals } from '../../derive/index.ts'
import type { Dictionary } from './dictionary.ts'
import type { ProjectEntry } from './project-rows.ts'

/** The table `session`: sums over the traces of each session, changed by what a trace was and is. */
export class SessionRows {
  readonly #dict: Dictionary
  readonly #add: StatementSync
  readonly #deleteEmpty: StatementSync

  constructor(database: DatabaseSync, dict: Dictionary) {
    this.#dict = dict
    const sums = ['traces', 'failed', 'warning', 'llm_calls', 'in_tok', 'out_tok', 'cost', 'cost_unknown']
    this.#add = database.prepare(
      `insert into session(project, session, last_us, ${sums.join(', ')}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict do update set last_us = max(last_us, excluded.last_us),
         ${sums.map((sum) => `${sum} = ${sum} + excluded.${sum}`).join(', ')}
       returning traces`,
    )
    this.#deleteEmpty = database.prepare('delete from session where project = ? and session = ?')
  }

  /** Takes out what a trace was, absent when it is new, and adds what it is, absent when it is gone. */
  change(project: ProjectEntry, before: TraceTotals | undefined, after: TraceTotals | undefined): void {
    if (before?.sessionId !== after?.sessionId) {
      this.#change(project, before?.sessionId, sumsOf(before, -1), 0)
      this.#change(project, after?.sessionId, sumsOf(after, 1), after?.startUs ?? 0)
      return
    }
    const taken = sumsOf(before, -1)
    const sums = sumsOf(after, 1).map((sum, place) => sum + taken[place]!)
    this.#change(project, after?.sessionId, sums, after?.startUs ?? 0)
  }

  #change(project: ProjectEntry, sessionId: string | undefined, sums: readonly number[], startUs: number): void {
    if (sessionId === undefined || sums.every((sum) => sum === 0)) return
    const session = this.#dict.id(sessionId)
    const left = this.#add.get(project.id, session, startUs, ...sums)!['traces']
    if (left === 0) this.#deleteEmpty.run(project.id, session)
  }
}

function sumsOf(totals: TraceTotals | undefined, sign: 1 | -1): readonly number[] {
  if (totals === undefined) return [0, 0, 0, 0, 0, 0, 0, 0]
  const { status, llmCalls, inputTokens, outputTokens, costNanoUsd, unpricedCalls } = totals
  const failed = status === 'failed' ? 1 : 0
  const warning = status === 'warning' ? 1 : 0
  return [1, failed, warning, llmCalls, inputTokens, outputTokens, costNanoUsd, unpricedCalls].map((sum) => sign * sum)
}
