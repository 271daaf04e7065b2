import { setImmediate } from 'node:timers/promises'
import type { DatabaseSync } from 'node:sqlite'
import type { Writer } from '../writer.ts'
import type { WriterParts } from '../writer-parts.ts'

/** Pages that one turn gives back to the system: those at the end of the file are moved into gaps. */
const maxPagesATurn = 500

/** Transactions one after another, with room for others in between, and the pages that they freed. */
export class Turns {
  readonly #writer: () => Writer
  #freedPages = 0
  #pageBytes = 0

  constructor(writer: () => Writer) {
    this.#writer = writer
  }

  /** What the turns so far have freed, whether it was given back or will be used again. */
  get freedBytes(): number {
    return Math.max(0, this.#freedPages) * this.#pageBytes
  }

  take<Result>(work: (parts: WriterParts) => Result): Result {
    return this.#writer().run((parts) => {
      const before = usedPages(parts.database)
      const result = work(parts)
      this.#freedPages += before - usedPages(parts.database)
      this.#pageBytes = pragma(parts.database, 'page_size')
      return result
    })
  }

  /** Takes turns until there is no more to do. What waits to be written goes in between. */
  async takeWhile(isMore: (parts: WriterParts) => boolean): Promise<void> {
    while (this.take(isMore)) await setImmediate()
  }

  /** Gives free pages back to the system, and with them what lay on them. */
  giveBack(): Promise<void> {
    return this.takeWhile(({ database }) => {
      if (pragma(database, 'freelist_count') === 0) return false
      database.exec(`pragma incremental_vacuum(${maxPagesATurn})`)
      return pragma(database, 'freelist_count') > 0
    })
  }
}

function usedPages(database: DatabaseSync): number {
  return pragma(database, 'page_count') - pragma(database, 'freelist_count')
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0])
}
