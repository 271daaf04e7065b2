import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { StoredContext } from '../../bodies/index.ts'
import type { SaidContext } from '../../derive/index.ts'
import type { TraceEntry } from './trace-entry.ts'

/** The table `trace_context`. */
export class ContextRows {
  readonly #insert: StatementSync
  readonly #read: StatementSync

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('insert into trace_context(tid, n, v) values (?, ?, ?)')
    this.#read = database.prepare('select n, v from trace_context where tid = ?')
  }

  write(tid: number, n: number, text: string): void {
    this.#insert.run(tid, n, text)
  }

  /** What the spans of a trace say about it, into the entry. @returns the same by number. */
  load(entry: TraceEntry): ReadonlyMap<number, SaidContext> {
    const contexts = new Map<number, SaidContext>()
    for (const row of this.#read.iterate(entry.tid)) {
      const { refs: _, ...said } = JSON.parse(row['v'] as string) as StoredContext
      entry.contexts.set(row['v'] as string, { n: row['n'] as number, said })
      contexts.set(row['n'] as number, said)
    }
    return contexts
  }
}
