import { type Score, type SpanId } from '@tracellm/core'
import type { StoreChange, StoreChanges } from '../port/change.ts'
import type { KeptTrace } from './kept-trace.ts'
import { judgeSlow } from './judge-slow.ts'
import type { TraceTable } from './trace-table.ts'
import { rowOf, stepIn, type TraceView } from './trace-view.ts'

export type SpanChangeType = 'span.created' | 'span.updated'

/** What a commit did to one trace. */
export interface Touch {
  readonly kept: KeptTrace
  /** How it stood before; absent when it is new. */
  readonly before: TraceView | undefined
  readonly spans: ReadonlyMap<SpanId, SpanChangeType>
}

/** Numbers what commits change, and tells it to whoever listens. */
export class Announcer {
  sequence = 0
  readonly #traces: TraceTable
  readonly #listeners = new Set<(changes: StoreChanges) => void>()

  constructor(traces: TraceTable) {
    this.#traces = traces
  }

  listen(listener: (changes: StoreChanges) => void): () => void {
    const own = (changes: StoreChanges): void => listener(changes)
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  announce(touches: readonly Touch[], atUs: number): void {
    judgeSlow(this.#traces, touches)
    this.#tell(
      touches.flatMap((touch) => this.#changesOf(touch)),
      atUs,
    )
  }

  announceScore(view: TraceView, score: Score, atUs: number): void {
    this.#tell([{ type: 'score.created', ...this.#header(view), score }], atUs)
  }

  #changesOf({ kept, before, spans }: Touch): StoreChange[] {
    const view = this.#traces.view(kept)
    if (view === undefined) return []
    const changes: StoreChange[] = [
      { type: before === undefined ? 'trace.created' : 'trace.updated', ...this.#header(view), trace: rowOf(view) },
    ]
    const { traceId } = kept
    for (const span of view.analysis.tree.items) {
      const type = spans.get(span.spanId)
      if (type === undefined) continue
      const traceStartUs = view.summary.startUs
      changes.push({ type, ...this.#header(view), traceId, traceStartUs, step: stepIn(view, span) })
    }
    return changes
  }

  #header({ kept, summary }: TraceView): Pick<StoreChange, 'sequence' | 'projectId' | 'environment'> {
    this.sequence += 1
    return { sequence: this.sequence, projectId: kept.projectId, environment: summary.environment }
  }

  #tell(changes: readonly StoreChange[], atUs: number): void {
    if (changes.length === 0) return
    for (const listener of this.#listeners) listener({ sequence: this.sequence, atUs, changes })
  }
}
