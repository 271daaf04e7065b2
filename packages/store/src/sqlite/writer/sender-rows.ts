import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Dictionary } from './dictionary.ts'

/** When something last came from each `service.instance.id`: in memory, and in the table `sender` as of the last sweep. */
export class SenderRows {
  readonly #dict: Dictionary
  readonly #write: StatementSync
  readonly #delete: StatementSync
  readonly #seenUs = new Map<string, number>()
  readonly #unwritten = new Set<string>()

  constructor(database: DatabaseSync, dict: Dictionary) {
    this.#dict = dict
    this.#write = database.prepare('insert or replace into sender(instance, seen_us) values (?, ?)')
    this.#delete = database.prepare('delete from sender where seen_us < ?')
    const rows = database.prepare('select d.v as instance, s.seen_us from sender s join dict d on d.id = s.instance')
    for (const row of rows.all()) this.#seenUs.set(row['instance'] as string, row['seen_us'] as number)
  }

  note(instance: string, nowUs: number): void {
    this.#seenUs.set(instance, nowUs)
    this.#unwritten.add(instance)
  }

  lastSeenUs(instance: string): number | undefined {
    return this.#seenUs.get(instance)
  }

  /** Writes what is new, and forgets senders that have been silent since an instant. */
  write(silentSinceUs: number): void {
    for (const instance of this.#unwritten) this.#write.run(this.#dict.id(instance), this.#seenUs.get(instance)!)
    this.#unwritten.clear()
    this.#delete.run(silentSinceUs)
    for (const [instance, seenUs] of this.#seenUs) if (seenUs < silentSinceUs) this.#seenUs.delete(instance)
  }
}
