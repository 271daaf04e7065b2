import type { QueryClient } from '@tanstack/react-query'
import { queryKeys } from './query-keys.ts'

/** A server that leaves events out does so many times a second. */
const leastMs = 3000

const ofSteps = [queryKeys.allTrace, queryKeys.allSpans]
const ofAll = [queryKeys.allTraces, ...ofSteps]

/** Reads again what the socket should have told of and did not: at once, then once in a while for as long as it goes on. */
export class ReadingAnew {
  readonly #queries: QueryClient
  #readMs = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(queries: QueryClient) {
    this.#queries = queries
  }

  /** After a gap, or where nobody knows what came meanwhile. */
  readAll(): void {
    if (this.#timer !== undefined) return
    const waitMs = Math.max(0, this.#readMs + leastMs - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#readMs = performance.now()
      this.#read(ofAll)
    }, waitMs)
  }

  /** After a lost connection that was resumed: of steps nothing is told twice. */
  readSteps(): void {
    this.#read(ofSteps)
  }

  #read(keys: readonly (readonly string[])[]): void {
    for (const queryKey of keys) void this.#queries.invalidateQueries({ queryKey })
  }
}
