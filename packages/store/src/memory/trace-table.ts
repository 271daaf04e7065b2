import { TraceLLMError, type ProjectId, type Span, type TraceId } from '@tracellm/core'
import type { Scope } from '../port/queries.ts'
import { joinProject, type JoinedTrace, type KeptEvent } from './join-project.ts'
import { newTrace, type KeptTrace } from './kept-trace.ts'
import { viewTrace, type TraceView } from './trace-view.ts'

/**
 * The traces of all projects, and the log records. What follows from their spans is computed when asked, and again
 * after each change; where a project has log records, any change may be one of all its traces.
 */
export class TraceTable {
  readonly #traces = new Map<string, KeptTrace>()
  /** By digest. */
  readonly #events = new Map<ProjectId, Map<number, KeptEvent>>()
  readonly #views = new Map<KeptTrace, TraceView | undefined>()
  readonly #joins = new Map<ProjectId, ReadonlyMap<TraceId, JoinedTrace>>()

  /** The project of what comes for a trace without a key: that of its first span without a key, else the one proposed. */
  settle(traceId: TraceId, proposed: ProjectId): ProjectId {
    const first = [...this.#traces.values()].find((kept) => kept.traceId === traceId && kept.unkeyed)
    return first?.projectId ?? proposed
  }

  /** The trace, made when it is new: it then belongs to the key environment. */
  open(projectId: ProjectId, traceId: TraceId, keyEnvironment: string | undefined, nowUs: number): KeptTrace {
    const key = `${projectId} ${traceId}`
    const known = this.#traces.get(key)
    if (known !== undefined) return known
    const kept = newTrace(projectId, traceId, keyEnvironment, nowUs)
    this.#traces.set(key, kept)
    return kept
  }

  /** @returns whether the record is new. */
  addEvent(projectId: ProjectId, digest: number, event: KeptEvent): boolean {
    const events = this.#events.get(projectId) ?? new Map<number, KeptEvent>()
    this.#events.set(projectId, events)
    if (events.has(digest)) return false
    events.set(digest, event)
    this.#forgetViews(projectId)
    return true
  }

  hasEvents(projectId: ProjectId): boolean {
    return (this.#events.get(projectId)?.size ?? 0) > 0
  }

  /** The traces that a project's records are joined with, and those of stand-ins, which are made. */
  openJoined(projectId: ProjectId, nowUs: number): KeptTrace[] {
    for (const [traceId, { keyEnvironment }] of this.#joinOf(projectId)) {
      this.open(projectId, traceId, keyEnvironment, nowUs)
    }
    return this.#ofProject(projectId)
  }

  /** To be called when a trace has changed. */
  hasChanged(kept: KeptTrace): void {
    if (this.hasEvents(kept.projectId)) this.#forgetViews(kept.projectId)
    else this.#views.delete(kept)
  }

  /** Deletes a trace with the log records that name it and those that it is made of. */
  delete(kept: KeptTrace): void {
    const { projectId, traceId } = kept
    const events = this.#events.get(projectId)
    const used = this.hasEvents(projectId) ? this.#joinOf(projectId).get(traceId)?.digests : undefined
    for (const [digest, { event }] of events ?? []) {
      if (event.traceId === traceId || used?.has(digest) === true) events!.delete(digest)
    }
    this.#traces.delete(`${projectId} ${traceId}`)
    this.#views.delete(kept)
    this.#forgetViews(projectId)
  }

  deleteProject(projectId: ProjectId): void {
    this.#events.delete(projectId)
    for (const kept of this.#ofProject(projectId)) this.delete(kept)
  }

  view(kept: KeptTrace): TraceView | undefined {
    if (!this.#views.has(kept)) this.#views.set(kept, viewTrace(kept, this.#spansOf(kept)))
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

  #forgetViews(projectId: ProjectId): void {
    this.#joins.delete(projectId)
    for (const kept of this.#ofProject(projectId)) this.#views.delete(kept)
  }

  #ofProject(projectId: ProjectId): KeptTrace[] {
    return [...this.#traces.values()].filter((kept) => kept.projectId === projectId)
  }

  #spansOf(kept: KeptTrace): readonly Span[] {
    if (!this.hasEvents(kept.projectId)) return [...kept.spans.values()]
    return this.#joinOf(kept.projectId).get(kept.traceId)?.spans ?? []
  }

  #joinOf(projectId: ProjectId): ReadonlyMap<TraceId, JoinedTrace> {
    const known = this.#joins.get(projectId)
    if (known !== undefined) return known
    const joined = joinProject(this.#ofProject(projectId), this.#events.get(projectId) ?? new Map())
    this.#joins.set(projectId, joined)
    return joined
  }
}
