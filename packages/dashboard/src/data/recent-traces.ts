import type { TraceJson } from '@tracellm/core/wire'

const keptMs = 10_000

/**
 * What the socket has told lately, for answers that were on their way meanwhile: the server may have made them before.
 */
export class RecentTraces {
  #told: { readonly trace: TraceJson; readonly atMs: number }[] = []

  add(traces: readonly TraceJson[], nowMs: number): void {
    this.#told = [
      ...this.#told.filter(({ atMs }) => atMs > nowMs - keptMs),
      ...traces.map((trace) => ({ trace, atMs: nowMs })),
    ]
  }

  since(startMs: number): TraceJson[] {
    return this.#told.filter(({ atMs }) => atMs >= startMs).map(({ trace }) => trace)
  }
}
