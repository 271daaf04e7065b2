import type { DraftAnswer, DraftBatch } from '../../sink/draft.ts'
import type { Writer } from './writer.ts'

/** A transaction takes what waits up to about so many spans; larger ones only add to the latency. */
const maxSpans = 512

interface Waiting {
  readonly batch: DraftBatch
  readonly resolve: (answer: DraftAnswer) => void
  readonly reject: (error: Error) => void
}

/**
 * Batches on their way into a transaction. All that waits when a commit ends goes into the next one; waiting for more to
 * come would only add latency.
 */
export class WriteQueue {
  readonly #writer: Writer
  readonly #afterCommit: () => void
  #waiting: Waiting[] = []
  #isScheduled = false

  /** @param afterCommit called after each transaction */
  constructor(writer: Writer, afterCommit: () => void) {
    this.#writer = writer
    this.#afterCommit = afterCommit
  }

  /** @returns what the writer answers, once it is durable. */
  add(batch: DraftBatch): Promise<DraftAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject })
      this.#schedule()
    })
  }

  /** Writes all that waits, before the thread ends. */
  drain(): void {
    while (this.#waiting.length > 0) this.#writeSome()
  }

  /** At the end of the turn, so that every message that has arrived is there. */
  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      if (this.#waiting.length > 0) this.#writeSome()
      if (this.#waiting.length > 0) this.#schedule()
      this.#afterCommit()
    })
  }

  #writeSome(): void {
    const taken = this.#take()
    const answers = this.#writer.write(taken.map(({ batch }) => batch))
    for (const [place, { resolve, reject }] of taken.entries()) {
      const answer = answers[place]!
      if (answer instanceof Error) reject(answer)
      else resolve(answer)
    }
  }

  #take(): Waiting[] {
    let spans = 0
    let count = 0
    while (count < this.#waiting.length && (count === 0 || spans < maxSpans)) {
      for (const { spans: drafts } of this.#waiting[count]!.batch.groups) spans += drafts.length
      count += 1
    }
    return this.#waiting.splice(0, count)
  }
}
