import type { DatabaseSync } from 'node:sqlite'
import type { StoreChange, StoreChanges } from '../../port/change.ts'
import type { DraftAnswer, DraftBatch } from '../../sink/draft.ts'
import { storeError } from '../sqlite-error.ts'
import { WriteTransaction } from './write-transaction.ts'
import type { Machine, WriterParts } from './writer-parts.ts'
import { WriterMemory } from './writer-memory.ts'

export interface WriterOptions {
  /** Names the file in errors. */
  readonly path: string
  /** The time now, in microseconds since the epoch. */
  readonly clock: () => number
  readonly machine: Machine
}

/**
 * The one that writes: decides what stands, and keeps rows, bodies and rollups in step, each call in one transaction.
 * What fails leaves everything as it was, in the file and in memory.
 */
export class Writer {
  readonly #database: DatabaseSync
  readonly #options: WriterOptions
  #memory: WriterMemory
  #listener: ((changes: StoreChanges) => void) | undefined

  constructor(database: DatabaseSync, options: WriterOptions) {
    this.#database = database
    this.#options = options
    this.#memory = new WriterMemory(database)
  }

  /** Calls the listener after each commit that changed something. */
  listen(listener: ((changes: StoreChanges) => void) | undefined): void {
    this.#listener = listener
  }

  /**
   * Writes batches in one transaction. When that fails, each in one of its own, so that none suffers by another.
   * @returns for each what to answer, or the error that it failed with.
   */
  write(batches: readonly DraftBatch[]): (DraftAnswer | Error)[] {
    try {
      return this.#transact((transaction) => batches.map((batch) => transaction.add(batch)))
    } catch (error) {
      return batches.length === 1 ? [error as Error] : batches.flatMap((batch) => this.write([batch]))
    }
  }

  /**
   * Does anything else in one transaction of its own.
   * @throws TraceLLMError what `work` threw, and `TL_STORE_UNAVAILABLE`, `TL_STORE_FULL`: nothing was written.
   */
  run<Result>(work: (parts: WriterParts) => Result, nowUs = this.#options.clock()): Result {
    const { machine } = this.#options
    const database = this.#database
    return this.#transact((transaction) => work({ database, memory: this.#memory, transaction, machine, nowUs }), nowUs)
  }

  #transact<Result>(run: (transaction: WriteTransaction) => Result, nowUs = this.#options.clock()): Result {
    const transaction = new WriteTransaction(this.#memory, nowUs)
    let result: Result
    let changes: StoreChange[]
    try {
      this.#database.exec('begin immediate')
      result = run(transaction)
      changes = transaction.finish(this.#listener !== undefined)
      this.#database.exec('commit')
    } catch (error) {
      this.#rollBack()
      throw storeError(error, this.#options.path, 'write')
    }
    this.#memory.traces.trim(transaction.touched())
    if (changes.length > 0) {
      this.#listener?.({ sequence: this.#memory.counters.get('sequence'), atUs: nowUs, changes })
    }
    return result
  }

  #rollBack(): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('rollback')
    } finally {
      this.#memory = new WriterMemory(this.#database)
    }
  }
}
