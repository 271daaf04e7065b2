import type { DatabaseSync } from 'node:sqlite'
import { TraceLLMError } from '@tracellm/core'
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
  /** Told why nothing can be written, and `undefined` when that is over (nobody is told). */
  readonly tellFault?: (fault: unknown) => void
}

/**
 * The one that writes: decides what stands, and keeps rows, bodies and rollups in step, each call in one transaction.
 * What fails leaves everything as it was, in the file and in memory. Where that cannot be read back, nothing is written
 * until it can: with what the writer remembers of a write that was undone, the next one would be wrong.
 */
export class Writer {
  readonly #database: DatabaseSync
  readonly #options: WriterOptions
  /** `undefined` after a failure, until it is needed again. */
  #memory: WriterMemory | undefined
  #isBroken = false
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
    return this.#transact((transaction, memory) => work({ database, memory, transaction, machine, nowUs }), nowUs)
  }

  #transact<Result>(
    run: (transaction: WriteTransaction, memory: WriterMemory) => Result,
    nowUs = this.#options.clock(),
  ): Result {
    const memory = this.#memory ?? this.#readBack()
    const transaction = new WriteTransaction(memory, nowUs)
    let result: Result
    let changes: StoreChange[]
    try {
      this.#database.exec('begin immediate')
      result = run(transaction, memory)
      changes = transaction.finish(this.#listener !== undefined)
      this.#database.exec('commit')
    } catch (error) {
      this.#rollBack()
      throw storeError(error, this.#options.path, 'write')
    }
    memory.traces.trim(transaction.touched())
    if (changes.length > 0) {
      this.#listener?.({ sequence: memory.counters.get('sequence'), atUs: nowUs, changes })
    }
    return result
  }

  /** What cannot be undone now is undone before anything else is written. */
  #rollBack(): void {
    this.#memory = undefined
    try {
      this.#readBack()
    } catch {}
  }

  /** @throws TraceLLMError `TL_STORE_UNAVAILABLE` and the like while it cannot be done. */
  #readBack(): WriterMemory {
    try {
      if (this.#database.isTransaction) this.#database.exec('rollback')
      this.#memory = new WriterMemory(this.#database)
    } catch (cause) {
      const { path, tellFault } = this.#options
      const error = storeError(cause, path, 'write')
      const detail = `${path}: what is stored cannot be read back after a write that failed`
      this.#isBroken = true
      tellFault?.(cause)
      throw error instanceof TraceLLMError ? error : new TraceLLMError('TL_STORE_UNAVAILABLE', detail, { cause })
    }
    if (this.#isBroken) this.#options.tellFault?.(undefined)
    this.#isBroken = false
    return this.#memory
  }
}
