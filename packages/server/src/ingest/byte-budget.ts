/**
 * One budget for the bytes of all requests that are being taken in, as they were sent.
 * An empty budget admits any one body, however large, so that a small setting cannot shut out what a limit permits.
 */
export class ByteBudget {
  readonly #maxBytes: number
  #heldBytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  /** A share of nothing yet; `undefined` when the budget is used up. */
  open(): BudgetShare | undefined {
    return this.#heldBytes >= this.#maxBytes ? undefined : new BudgetShare(this)
  }

  /** @returns whether the bytes are admitted; they are then held. */
  hold(bytes: number, heldByAsker: number): boolean {
    const heldByOthers = this.#heldBytes - heldByAsker
    if (heldByOthers > 0 && this.#heldBytes + bytes > this.#maxBytes) return false
    this.#heldBytes += bytes
    return true
  }

  release(bytes: number): void {
    this.#heldBytes -= bytes
  }
}

/** What one request holds of the budget, until it is closed. */
export class BudgetShare implements Disposable {
  readonly #budget: ByteBudget
  #bytes = 0

  constructor(budget: ByteBudget) {
    this.#budget = budget
  }

  /** @returns `false`, and nothing changed, when the budget has no room for more. */
  hold(bytes: number): boolean {
    if (!this.#budget.hold(bytes, this.#bytes)) return false
    this.#bytes += bytes
    return true
  }

  /** Gives all of it back; more than once is harmless. */
  [Symbol.dispose](): void {
    this.#budget.release(this.#bytes)
    this.#bytes = 0
  }
}
