import type { DatabaseSync, StatementSync } from 'node:sqlite'

const names = ['trace', 'entry', 'sequence'] as const
type CounterName = (typeof names)[number]

/**
 * The numbers of `meta`: next ids, and the newest change. Ids are counted here because SQLite would give a deleted one
 * again, and what is remembered of it elsewhere would then mean something else.
 */
export class Counters {
  readonly #values: Record<CounterName, number>
  readonly #written: Record<CounterName, number>
  readonly #update: StatementSync

  constructor(database: DatabaseSync) {
    const read = database.prepare('select value from meta where key = ?')
    const entries = names.map((name) => [name, Number(read.get(name)!['value'])] as const)
    this.#values = Object.fromEntries(entries) as Record<CounterName, number>
    this.#written = { ...this.#values }
    this.#update = database.prepare('update meta set value = ? where key = ?')
  }

  /** Takes so many numbers. @returns the first. */
  take(name: CounterName, count = 1): number {
    const first = this.#values[name]
    this.#values[name] += count
    return first
  }

  get(name: CounterName): number {
    return this.#values[name]
  }

  /** Writes those that have moved, within the transaction that took them. */
  write(): void {
    for (const name of names) {
      if (this.#values[name] === this.#written[name]) continue
      this.#update.run(BigInt(this.#values[name]), name)
      this.#written[name] = this.#values[name]
    }
  }
}
