import type { DatabaseSync } from 'node:sqlite'
import type { WriteTransaction } from './write-transaction.ts'
import type { WriterMemory } from './writer-memory.ts'

/** The machine that the store runs on. */
export interface Machine {
  /** What `host.name` is of processes that run here. */
  readonly hostName: string
  /** Whether no process has this id (any more). */
  isProcessGone(pid: number): boolean
}

/** What work in a transaction has at hand. Statements go to the database, what is remembered of it has to follow. */
export interface WriterParts {
  readonly database: DatabaseSync
  readonly memory: WriterMemory
  readonly transaction: WriteTransaction
  readonly machine: Machine
  readonly nowUs: number
}
