import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** So many of the newest spans are looked through for the call of a record that comes after it; some 15 ms. */
const maxSpansLookedAt = 100_000

/** Of a call id that more traces have, as test servers give them, nobody can tell which is meant: the newest are looked at. */
const maxTracesOfCall = 100

/**
 * The calls that log records are about which name neither trace nor session, an evaluation with a response id mostly:
 * the table `sought_call`. Which trace has a span of such a call is noted when the span comes; when the record comes
 * after it, the newest spans are looked through once. An index over the calls of all spans would cost every span more
 * than such records, of which most projects have none, are worth.
 */
export class SoughtCalls {
  readonly #keys: StatementSync
  readonly #traces: StatementSync
  readonly #note: StatementSync
  readonly #look: StatementSync
  /** By project. What nobody looks for any more does no harm. */
  readonly #sought = new Map<number, Set<number>>()
  /** Those that nobody looked for before this transaction. */
  readonly #wanted = new Map<number, Set<number>>()

  constructor(database: DatabaseSync) {
    this.#keys = database.prepare('select call_key from log_record where project = ? and call_key is not null')
    this.#traces = database.prepare(
      `select tid from sought_call where project = ? and call_key = ? order by tid desc limit ${maxTracesOfCall}`,
    )
    this.#note = database.prepare('insert or ignore into sought_call(project, call_key, tid) values (?, ?, ?)')
    this.#look = database.prepare(
      `insert or ignore into sought_call(project, call_key, tid)
       select t.project, s.call_key, s.tid
       from (select tid, call_key from span order by tid desc limit ${maxSpansLookedAt}) s
       join trace t on t.id = s.tid
       where s.call_key in (select value from json_each(:keys)) and t.project = :project`,
    )
  }

  isSought(project: number, callKey: number): boolean {
    return this.#soughtBy(project).has(callKey)
  }

  /** To be called before a record is written that names no place. */
  want(project: number, callKey: number): void {
    const sought = this.#soughtBy(project)
    if (sought.has(callKey)) return
    sought.add(callKey)
    const wanted = this.#wanted.get(project) ?? new Set()
    this.#wanted.set(project, wanted.add(callKey))
  }

  /** Looks through what is stored for the calls that are wanted anew. */
  look(project: number): void {
    const wanted = this.#wanted.get(project)
    if (wanted === undefined) return
    this.#look.run({ project, keys: JSON.stringify([...wanted]) })
    this.#wanted.delete(project)
  }

  /** To be called when a span comes. */
  note(project: number, callKey: number | undefined, tid: number): void {
    if (callKey !== undefined && this.isSought(project, callKey)) this.#note.run(project, callKey, tid)
  }

  /** The traces that have a span of a call, as of the last commit. */
  tracesOf(project: number, callKey: number): number[] {
    return this.#traces.all(project, callKey).map((row) => row['tid'] as number)
  }

  #soughtBy(project: number): Set<number> {
    let sought = this.#sought.get(project)
    if (sought === undefined) {
      sought = new Set(this.#keys.all(project).map((row) => row['call_key'] as number))
      this.#sought.set(project, sought)
    }
    return sought
  }
}
