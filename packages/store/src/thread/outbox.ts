import type { MessagePort, Transferable, Worker } from 'node:worker_threads'

interface Outgoing {
  readonly message: object
  readonly transfer: readonly Transferable[]
  /** Told when the message cannot be sent. */
  readonly onRefused: (error: unknown) => void
}

/**
 * What is said over a line within one turn goes as one message: to send one, and to wake the other thread for it, costs
 * more than most of what is said.
 */
export class Outbox {
  readonly #line: MessagePort | Worker
  #outgoing: Outgoing[] = []

  constructor(line: MessagePort | Worker) {
    this.#line = line
  }

  send(message: object, transfer: readonly Transferable[], onRefused: (error: unknown) => void): void {
    if (this.#outgoing.push({ message, transfer, onRefused }) === 1) setImmediate(() => this.flush())
  }

  /** Sends what waits, at once. */
  flush(): void {
    const outgoing = this.#outgoing
    this.#outgoing = []
    if (outgoing.length > 1 && this.#post(outgoing) === undefined) return
    // One that cannot be cloned must not take the others with it.
    for (const one of outgoing) {
      const error = this.#post([one])
      if (error !== undefined) one.onRefused(error)
    }
  }

  #post(outgoing: readonly Outgoing[]): unknown {
    try {
      this.#line.postMessage(
        outgoing.map(({ message }) => message),
        outgoing.flatMap(({ transfer }) => transfer),
      )
      return undefined
    } catch (error) {
      return error ?? new Error('the message cannot be sent')
    }
  }
}
