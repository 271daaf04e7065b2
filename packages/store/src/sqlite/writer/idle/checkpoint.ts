import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

/** Beyond this the log is emptied though batches wait: readers have to look through it. */
const maxLogBytes = 64_000_000

/** A quiet writer leaves a log of this size as it is. */
const smallLogBytes = 1_000_000

/**
 * Moves the write-ahead log into the file. SQLite would do it on its own every thousand pages, in the middle of a
 * commit that somebody waits for; so that is switched off, and done here between transactions.
 */
export class Checkpoints {
  readonly #database: DatabaseSync
  readonly #logPath: string

  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#logPath = `${path}-wal`
  }

  /** @param isQuiet whether nobody waits */
  afterCommit(isQuiet: boolean): void {
    const bytes = this.#logBytes()
    if (bytes > maxLogBytes) this.#database.exec('pragma wal_checkpoint(truncate)')
    else if (isQuiet && bytes > smallLogBytes) this.#database.exec('pragma wal_checkpoint(passive)')
  }

  #logBytes(): number {
    return statSync(this.#logPath, { throwIfNoEntry: false })?.size ?? 0
  }
}
