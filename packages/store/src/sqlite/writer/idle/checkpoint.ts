import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

/** Beyond this the log is emptied though batches wait: readers have to look through it. */
const maxLogBytes = 64_000_000

/** A log of this size is left as it is. */
const smallLogBytes = 1_000_000

/** Nothing was written for so long: a checkpoint is in nobody's way. */
const quietMs = 250

/** How long emptying the log may wait for readers that still look at an older state. */
const readerWaitMs = 20

/**
 * Moves the write-ahead log into the file. SQLite would do it on its own every thousand pages, in the middle of a
 * commit that somebody waits for; so that is switched off, and done here: when nothing has come for a moment, or when
 * the log has grown too large for that.
 */
export class Checkpoints implements Disposable {
  readonly #database: DatabaseSync
  readonly #logPath: string
  #timer: NodeJS.Timeout | undefined
  #nextBytes = maxLogBytes

  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#logPath = `${path}-wal`
  }

  afterCommit(): void {
    const bytes = this.#logBytes()
    if (bytes > this.#nextBytes) this.#empty()
    if (bytes < smallLogBytes) return
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#whenQuiet(), quietMs).unref()
    else this.#timer.refresh()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }

  #whenQuiet(): void {
    this.#timer = undefined
    this.#empty()
  }

  #empty(): void {
    this.#database.exec(`pragma busy_timeout = ${readerWaitMs}; pragma wal_checkpoint(truncate)`)
    this.#database.exec('pragma busy_timeout = 5000')
    // A reader that keeps it from being emptied would do so after the next commit too.
    this.#nextBytes = Math.max(maxLogBytes, this.#logBytes() + maxLogBytes / 4)
  }

  #logBytes(): number {
    return statSync(this.#logPath, { throwIfNoEntry: false })?.size ?? 0
  }
}
