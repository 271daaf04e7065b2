import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { busyTimeoutMs } from '../../open-database.ts'

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
 *
 * What hinders it costs nothing that was committed, so it ends no thread: it is told, and tried again after the next
 * commit or sweep.
 */
export class Checkpoints implements Disposable {
  readonly #database: DatabaseSync
  readonly #logPath: string
  readonly #tellFault: (fault: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #nextBytes = maxLogBytes
  #isHindered = false

  /** @param tellFault told what hindered it last, and `undefined` when that is over */
  constructor(database: DatabaseSync, path: string, tellFault: (fault: unknown) => void) {
    this.#database = database
    this.#logPath = `${path}-wal`
    this.#tellFault = tellFault
  }

  afterCommit(): void {
    this.#attempt(() => {
      const bytes = this.#logBytes()
      if (bytes > this.#nextBytes) this.#empty()
      if (bytes >= smallLogBytes || this.#isHindered) this.#waitForQuiet()
    })
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }

  #waitForQuiet(): void {
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#whenQuiet(), quietMs).unref()
    else this.#timer.refresh()
  }

  #whenQuiet(): void {
    this.#timer = undefined
    this.#attempt(() => this.#empty())
  }

  #empty(): void {
    let isEmpty = false
    try {
      this.#database.exec(`pragma busy_timeout = ${readerWaitMs}`)
      isEmpty = this.#database.prepare('pragma wal_checkpoint(truncate)').get()!['busy'] === 0
    } finally {
      this.#database.exec(`pragma busy_timeout = ${busyTimeoutMs}`)
      // What keeps it from being emptied, a reader for one, would do so after the next commit too.
      this.#nextBytes = Math.max(maxLogBytes, this.#logBytes() + maxLogBytes / 4)
    }
    // A reader in the way is no fault, and does not say that an earlier one is over.
    if (isEmpty) this.#tell(undefined)
  }

  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#tell(error)
    }
  }

  #tell(fault: unknown): void {
    if (fault === undefined && !this.#isHindered) return
    this.#isHindered = fault !== undefined
    this.#tellFault(fault)
  }

  #logBytes(): number {
    return statSync(this.#logPath, { throwIfNoEntry: false })?.size ?? 0
  }
}
