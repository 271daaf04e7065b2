import type { Writer } from '../writer.ts'
import type { WriterParts } from '../writer-parts.ts'

/** A piece of work of some 20 ms at most. @returns whether there is more of it. */
type Piece = (parts: WriterParts) => boolean

/** Nothing was written for so long: nobody is at work, and nobody looks at what has just come. */
const quietMs = 10_000

/** A writer that is never quiet does a piece now and then all the same. */
const busyEveryMs = 60_000

/** Work that can wait, piece by piece, each in a transaction of its own, while nothing else is to be written. */
export class IdleWork implements Disposable {
  readonly #writer: Writer
  readonly #pieces: readonly Piece[]
  #timer: NodeJS.Timeout | undefined
  #next: NodeJS.Immediate | undefined
  #workedMs = performance.now()

  constructor(writer: Writer, pieces: readonly Piece[]) {
    this.#writer = writer
    this.#pieces = pieces
  }

  /** To be called after each commit of something else. */
  afterCommit(): void {
    clearImmediate(this.#next)
    if (performance.now() - this.#workedMs > busyEveryMs) this.#work()
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#goOn(), quietMs).unref()
    else this.#timer.refresh()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#next)
  }

  #goOn(): void {
    if (this.#work()) this.#next = setImmediate(() => this.#goOn())
  }

  /** What hinders it hinders writes too, and is told there. */
  #work(): boolean {
    this.#workedMs = performance.now()
    try {
      return this.#pieces.some((piece) => this.#writer.run(piece))
    } catch {
      return false
    }
  }
}
