import type { LiveEvent } from './live-event.ts'

export interface RingLimits {
  readonly maxEvents: number
  readonly maxBytes: number
}

/**
 * The newest live events, for clients that come back or fell behind.
 *
 * ```
 *          floor                    newest
 *            |                         |
 * … forgotten|■■■■■■■■■■■■■■■■■■■■■■■■■|      a client that has seen `floor` or more misses nothing
 * ```
 * `floor` is the newest number that is no longer held: after a start, the number that the store begins with.
 */
export class EventRing {
  readonly #limits: RingLimits
  #events: LiveEvent[] = []
  #first = 0
  #bytes = 0
  #floor: number
  #newest: number

  constructor(sequence: number, limits: RingLimits) {
    this.#limits = limits
    this.#floor = sequence
    this.#newest = sequence
  }

  /** The number of the newest change in the store. */
  get newest(): number {
    return this.#newest
  }

  get size(): number {
    return this.#events.length - this.#first
  }

  /**
   * Adds what a commit changed; `newest` may be beyond the last event. A hole before the first forgets what was before.
   * @returns how many the limits made it forget.
   */
  push(events: readonly LiveEvent[], newest: number): number {
    const first = events[0]?.sequence
    if (first !== undefined && first > this.#newest + 1) this.restart(first - 1)
    for (const event of events) {
      this.#events.push(event)
      this.#bytes += event.weight
    }
    this.#newest = Math.max(this.#newest, newest)
    let forgotten = 0
    while (this.size > this.#limits.maxEvents || (this.#bytes > this.#limits.maxBytes && this.size > 0)) {
      this.#forgetOldest()
      forgotten += 1
    }
    this.#compact()
    return forgotten
  }

  /** Nobody listened for a while: all that is older than `sequence` is unknown. */
  restart(sequence: number): void {
    this.#events = []
    this.#first = 0
    this.#bytes = 0
    this.#floor = sequence
    this.#newest = sequence
  }

  /** Whether every event after `sequence` is still here. */
  reaches(sequence: number): boolean {
    return sequence >= this.#floor && sequence <= this.#newest
  }

  /** The events after `sequence`, oldest first; those no longer held are left out. */
  after(sequence: number): readonly LiveEvent[] {
    let low = this.#first
    let high = this.#events.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#events[middle]!.sequence <= sequence) low = middle + 1
      else high = middle
    }
    return this.#events.slice(low)
  }

  #forgetOldest(): void {
    const event = this.#events[this.#first]!
    this.#first += 1
    this.#bytes = Math.max(0, this.#bytes - event.weight)
    this.#floor = Math.max(this.#floor, event.sequence)
  }

  /** An array is cut only now and then, so that a push costs the same however long the ring is. */
  #compact(): void {
    if (this.#first < 1024 || this.#first < this.#events.length / 2) return
    this.#events = this.#events.slice(this.#first)
    this.#first = 0
  }
}
