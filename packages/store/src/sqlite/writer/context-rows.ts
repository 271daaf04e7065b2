import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { StoredContext } from '../../bodies/index.ts'
import type { SaidContext } from '../../derive/index.ts'
import type { StoredSaying, TraceEntry } from './trace-entry.ts'

/** The table `trace_context`. */
export class ContextRows {
  readonly #insert: StatementSync
  readonly #read: StatementSync

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('insert into trace_context(tid, n, v) values (?, ?, ?)')
    this.#read = database.prepare('select n, v from trace_context where tid = ?')
  }

  /**
   * What is said about a trace, written when nobody has said it before.
   * @param text as it is stored
   * @param said the same without references, as JSON
   */
  say(entry: TraceEntry, text: string, said: string): StoredSaying {
    const known = entry.contexts.get(text)
    if (known !== undefined) return known
    const saying = { n: entry.contexts.size + 1, said: JSON.parse(said) as SaidContext }
    entry.contexts.set(text, saying)
    this.#insert.run(entry.tid, saying.n, text)
    return saying
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
