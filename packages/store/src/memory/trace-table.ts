import { TraceLLMError, type ProjectId, type TraceId } from '@tracellm/core'
import type { Scope } from '../port/queries.ts'
import { newTrace, type KeptTrace } from './kept-trace.ts'
import { viewTrace, type TraceView } from './trace-view.ts'

/** The traces of all projects. What follows from their spans is computed when asked, and again after each change. */
export class TraceTable {
  readonly #traces = new Map<string, KeptTrace>()
  readonly #views = new Map<KeptTrace, TraceView | undefined>()

  /** The project of what comes for a trace without a key: that of its first span without a key, else the one proposed. */
  settle(traceId: TraceId, proposed: ProjectId): ProjectId {
    const first = [...this.#traces.values()].find((kept) => kept.traceId === traceId && kept.unkeyed)
    return first?.projectId ?? proposed
  }

  /** The trace, made when it is new. */
  open(projectId: ProjectId, traceId: TraceId, nowUs: number): KeptTrace {
    const key = `${projectId} ${traceId}`
    const known = this.#traces.get(key)
    if (known !== undefined) return known
    const kept = newTrace(projectId, traceId, nowUs)
    this.#traces.set(key, kept)
    return kept
  }

  /** To be called when a trace has changed. */
  hasChanged(kept: KeptTrace): void {
    this.#views.delete(kept)
  }

  delete(kept: KeptTrace): void {
    this.#traces.delete(`${kept.projectId} ${kept.traceId}`)
    this.#views.delete(kept)
  }

  view(kept: KeptTrace): TraceView | undefined {
    if (!this.#views.has(kept)) this.#views.set(kept, viewTrace(kept, [...kept.spans.values()]))
    return this.#views.get(kept)
  }

  /** All traces that a caller may see. */
  views(scope: Scope): TraceView[] {
    const views = [...this.#traces.values()].flatMap((kept) => this.view(kept) ?? [])
    return views.filter(
      ({ kept, summary }) =>
        (scope.projectId === undefined || kept.projectId === scope.projectId) &&
        (scope.environment === undefined || summary.environment === scope.environment),
    )
  }

  /** @throws TraceLLMError `TL_TRACE_NOT_FOUND`, and `TL_TRACE_AMBIGUOUS` when several projects know the id. */
  find(scope: Scope, traceId: TraceId): TraceView {
    const [view, ...others] = this.views(scope).filter(({ kept }) => kept.traceId === traceId)
    if (view === undefined) throw new TraceLLMError('TL_TRACE_NOT_FOUND', `no trace is ${traceId}`)
    if (others.length === 0) return view
    const projectIds = [view, ...others].map(({ kept }) => kept.projectId).toSorted()
    const detail = `${traceId} is in the projects ${projectIds.join(', ')}`
    throw new TraceLLMError('TL_TRACE_AMBIGUOUS', detail, { extra: { project_ids: projectIds } })
  }
}
