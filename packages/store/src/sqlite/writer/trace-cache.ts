import type { TraceId } from '@tracellm/core'
import type { ContextRows } from './context-rows.ts'
import type { Counters } from './counters.ts'
import type { LabelRows } from './label-rows.ts'
import type { FillRows } from './logs/fill-rows.ts'
import type { LogRows } from './logs/log-rows.ts'
import type { ProjectEntry, ProjectRows } from './project-rows.ts'
import type { Resources } from './resources.ts'
import type { SpanRows } from './span-rows.ts'
import { lifecycleOfIdle, newTraceEntry, type TraceEntry } from './trace-entry.ts'
import type { TraceRecord, TraceRows } from './trace-rows.ts'

/** Bounds of what is remembered between transactions; the traces that were untouched longest go first. */
const maxTraces = 4096
const maxSpans = 200_000

/** So many small traces that have finished: mostly nothing comes for them any more, and to load one costs little. */
const maxFinishedTraces = 256
const maxSpansOfSmall = 200

interface Tables {
  readonly spans: SpanRows
  readonly traces: TraceRows
  readonly labels: LabelRows
  readonly contexts: ContextRows
  readonly fills: FillRows
  readonly logs: LogRows
  readonly projects: ProjectRows
  readonly resources: Resources
  readonly counters: Counters
}

/**
 * The traces that something came for lately, as the writer holds them; others are loaded from their narrow rows.
 * Between transactions what is remembered equals what is stored, so that it can be dropped at any time.
 */
export class TraceCache {
  readonly #tables: Tables
  /** In the order of their last touch. Of a trace id all traces that have it, one a project, are there or none. */
  readonly #traces = new Map<TraceId, TraceEntry[]>()
  readonly #finished = new Map<TraceId, TraceEntry[]>()
  #last: TraceId | undefined
  #spans = 0

  constructor(tables: Tables) {
    this.#tables = tables
  }

  /** The trace of a project; `undefined` when nothing has come for it. */
  find(project: ProjectEntry, traceId: TraceId): TraceEntry | undefined {
    return this.#all(traceId).find((entry) => entry.project === project)
  }

  /** The trace that follows what came without a key. */
  findUnkeyed(traceId: TraceId): TraceEntry | undefined {
    return this.#all(traceId).find((entry) => entry.unkeyed)
  }

  /** The trace of a project, made when it is new: it then belongs to the key environment. */
  open(project: ProjectEntry, traceId: TraceId, keyEnvironment: string | undefined, nowUs: number): TraceEntry {
    const known = this.find(project, traceId)
    if (known !== undefined) return known
    const tid = this.#tables.counters.take('trace')
    const entry = newTraceEntry({ tid, traceId, project, keyEnvironment }, nowUs)
    this.#traces.get(traceId)!.push(entry)
    return entry
  }

  /** The trace with this number. */
  read(tid: number): TraceEntry | undefined {
    const record = this.#tables.traces.read(tid)
    return record && this.#all(record.trace_id).find((entry) => entry.tid === tid)
  }

  /** Forgets a trace that is being deleted. */
  forget(traceId: TraceId): void {
    for (const entry of this.#traces.get(traceId) ?? this.#finished.get(traceId) ?? []) this.#spans -= entry.state.size
    this.#traces.delete(traceId)
    this.#finished.delete(traceId)
  }

  /** Tells that spans have come or gone. */
  noteSize(change: number): void {
    this.#spans += change
  }

  /** Drops what is beyond the bounds. @param touched traces of the transaction that has ended */
  trim(touched: Iterable<TraceEntry>): void {
    for (const { traceId } of touched) {
      const entries = this.#traces.get(traceId)
      if (entries === undefined || !entries.every(isSmallAndFinished)) continue
      this.#traces.delete(traceId)
      this.#finished.set(traceId, entries)
    }
    for (const traceId of this.#finished.keys()) {
      if (this.#finished.size <= maxFinishedTraces) break
      this.forget(traceId)
    }
    for (const traceId of this.#traces.keys()) {
      if (this.#traces.size <= maxTraces && this.#spans <= maxSpans) return
      this.forget(traceId)
    }
  }

  #all(traceId: TraceId): TraceEntry[] {
    const known = this.#traces.get(traceId)
    if (known !== undefined && this.#last === traceId) return known
    const entries =
      known ?? this.#finished.get(traceId) ?? this.#tables.traces.find(traceId).map((row) => this.#load(row))
    // Last in the order of the map: the longest untouched goes first.
    this.#finished.delete(traceId)
    this.#traces.delete(traceId)
    this.#traces.set(traceId, entries)
    this.#last = traceId
    return entries
  }

  #load(row: TraceRecord): TraceEntry {
    const { spans, labels, projects, resources, fills, logs } = this.#tables
    const project = projects.byNumber(row.project)
    const keyEnvironment = row.key_environment ?? undefined
    const entry = newTraceEntry({ tid: row.id, traceId: row.trace_id, project, keyEnvironment }, row.created_us)
    entry.unkeyed = row.unkeyed === 1
    entry.lifecycle = lifecycleOfIdle(row.idle)
    entry.slow = row.slow === 1
    entry.updatedUs = row.updated_us
    entry.isStored = true
    const contexts = this.#tables.contexts.load(entry)
    for (const facts of spans.load(row.id, resources, (n) => contexts.get(n)!)) entry.state.put(facts)
    entry.state.takeChanges()
    if (logs.isUsedBy(row.project)) {
      for (const [spanId, fill] of fills.load(row.id)) entry.fills.set(spanId, fill)
    }
    this.#spans += entry.state.size
    if (entry.state.size > 0) {
      entry.totals = entry.state.totals(entry.lifecycle)
      labels.assume(entry)
    }
    return entry
  }
}

function isSmallAndFinished({ totals, state }: TraceEntry): boolean {
  return totals?.status !== 'running' && state.size <= maxSpansOfSmall
}
