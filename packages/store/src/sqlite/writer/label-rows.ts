import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { traceLabels } from '../../derive/index.ts'
import type { Dictionary } from './dictionary.ts'
import type { TraceEntry } from './trace-entry.ts'

/** The table `trace_label`: rows of a trace lie under its start, and move with it. */
export class LabelRows {
  readonly #dict: Dictionary
  readonly #insert: StatementSync
  readonly #delete: StatementSync
  readonly #find: StatementSync

  constructor(database: DatabaseSync, dict: Dictionary) {
    this.#dict = dict
    this.#insert = database.prepare('insert into trace_label(project, label, start_us, tid) values (?, ?, ?, ?)')
    this.#find = database.prepare('select tid from trace_label where project = ? and label = ?')
    this.#delete = database.prepare(
      'delete from trace_label where project = ? and label = ? and start_us = ? and tid = ?',
    )
  }

  /** Writes the labels of a trace as they follow from its totals. */
  write(entry: TraceEntry): void {
    const { labels: before, labelsStartUs: startBeforeUs } = entry
    this.assume(entry)
    const hasMoved = startBeforeUs !== entry.labelsStartUs
    for (const label of before) {
      if (hasMoved || !entry.labels.has(label)) this.#run(this.#delete, entry, label, startBeforeUs)
    }
    for (const label of entry.labels) {
      if (hasMoved || !before.has(label)) this.#run(this.#insert, entry, label, entry.labelsStartUs)
    }
  }

  /** The traces with a label, as of the last commit. */
  tracesOf(project: number, label: string): number[] {
    return this.#find.all(project, this.#dict.id(label)).map((row) => row['tid'] as number)
  }

  /** Takes the labels of a trace as written: they follow from what is stored of it. */
  assume(entry: TraceEntry): void {
    const { totals, state } = entry
    entry.labels = totals === undefined ? new Set() : traceLabels(totals, state.toolNames())
    entry.labelsStartUs = totals?.startUs ?? 0
  }

  #run(statement: StatementSync, { project, tid }: TraceEntry, label: string, startUs: number): void {
    statement.run(project.id, this.#dict.id(label), startUs, tid)
  }
}
