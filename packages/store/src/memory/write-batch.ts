import {
  livingTrace,
  type LogEvent,
  type ProjectId,
  type Resource,
  type Span,
  type SpanId,
  type TraceId,
} from '@tracellm/core'
import { joinRecordOf } from '../derive/join-facts.ts'
import type { GroupReceipt, WriteBatch, WriteGroup, WriteReceipt } from '../port/write-batch.ts'
import type { SpanChangeType, Touch } from './announcer.ts'
import { eventAsStored, spanAsStored } from './as-stored.ts'
import { joinedChanges, viewsOf, type ViewsBefore } from './joined-changes.ts'
import type { KeptTrace } from './kept-trace.ts'
import type { ProjectTable } from './project-table.ts'
import { standingVersion } from './standing-version.ts'
import { instanceOf } from './sweep-idle.ts'
import type { TraceTable } from './trace-table.ts'
import type { TraceView } from './trace-view.ts'

interface Tables {
  readonly traces: TraceTable
  readonly projects: ProjectTable
  /** When something last came from each `service.instance.id`. */
  readonly senders: Map<string, number>
}

/** Keeps what a batch brings. @returns the receipt, and which traces it has changed, in the order it came to them. */
export function writeBatch(
  tables: Tables,
  batch: WriteBatch,
  nowUs: number,
): { receipt: WriteReceipt; touched: Touch[] } {
  const writer = new BatchWriter(tables, nowUs)
  const groups = batch.groups.map((group) => writer.write(group))
  return { receipt: { groups }, touched: writer.touched() }
}

interface OpenTouch extends Touch {
  readonly before: TraceView | undefined
  readonly spans: Map<SpanId, SpanChangeType>
}

class BatchWriter {
  readonly #tables: Tables
  readonly #nowUs: number
  readonly #touches = new Map<KeptTrace, OpenTouch>()
  /** How the traces stood of projects where log records may change any of them. */
  readonly #befores = new Map<ProjectId, ViewsBefore>()

  constructor(tables: Tables, nowUs: number) {
    this.#tables = tables
    this.#nowUs = nowUs
  }

  touched(): Touch[] {
    const { traces } = this.#tables
    const touches = new Map<KeptTrace, Touch>(this.#touches)
    for (const [projectId, befores] of this.#befores) {
      if (!traces.hasEvents(projectId)) continue
      for (const touch of joinedChanges(traces, projectId, befores, this.#nowUs)) touches.set(touch.kept, touch)
    }
    return [...touches.values()]
  }

  write(group: WriteGroup): GroupReceipt {
    const projectOfTrace = new Map<TraceId, ProjectId>()
    const spans = group.spans.map((span) => spanAsStored(span, group.environment))
    const logEvents = group.logEvents.map((event) => eventAsStored(event, group.environment))
    if (logEvents.length > 0) this.#remember(group.projectId)
    const counts = { storedSpans: 0, duplicateSpans: 0, storedLogEvents: 0, refusedSpans: 0, refusedLogEvents: 0 }
    for (const span of spans) {
      const kept = this.#open(group, span.traceId)
      if (kept !== undefined) projectOfTrace.set(kept.traceId, kept.projectId)
      if (kept === undefined) counts.refusedSpans += 1
      else if (this.#put(kept, span)) counts.storedSpans += 1
      else counts.duplicateSpans += 1
    }
    for (const event of logEvents) {
      const kept = event.traceId === undefined ? 'none named' : this.#open(group, event.traceId)
      if (kept === undefined) counts.refusedLogEvents += 1
      else if (this.#putEvent(kept === 'none named' ? group : kept, event)) counts.storedLogEvents += 1
    }
    return { ...counts, projectOfTrace }
  }

  /** @returns `undefined` where the trace belongs to another key environment than the group's. */
  #open(group: WriteGroup, traceId: TraceId): KeptTrace | undefined {
    const { traces, projects } = this.#tables
    const projectId = group.fixed ? group.projectId : traces.settle(traceId, group.projectId)
    projects.ensure(projectId, this.#nowUs)
    this.#remember(projectId)
    const kept = traces.open(projectId, traceId, group.environment, this.#nowUs)
    if (group.environment !== undefined && group.environment !== kept.keyEnvironment) return undefined
    kept.unkeyed ||= !group.fixed
    return kept
  }

  /** @returns whether the span is new. */
  #put(kept: KeptTrace, span: Span): boolean {
    this.#hear(span.source.resource)
    const standing = kept.spans.get(span.spanId)
    if (standing !== undefined && standingVersion(standing, span) === standing) return false
    const touch = this.#touch(kept)
    kept.spans.set(span.spanId, span)
    const isNew = standing === undefined || touch.spans.get(span.spanId) === 'span.created'
    touch.spans.set(span.spanId, isNew ? 'span.created' : 'span.updated')
    return standing === undefined
  }

  /** @param owner the trace that it names, else whoever sent it. @returns whether it is new. */
  #putEvent(owner: KeptTrace | WriteGroup, event: LogEvent): boolean {
    this.#hear(event.resource)
    const { projectId } = owner
    const keyEnvironment = 'traceId' in owner ? owner.keyEnvironment : owner.environment
    this.#tables.projects.ensure(projectId, this.#nowUs)
    return this.#tables.traces.addEvent(projectId, joinRecordOf(event).digest, { event, keyEnvironment })
  }

  #hear(resource: Resource): void {
    const instance = instanceOf(resource)
    if (instance !== undefined) this.#tables.senders.set(instance, this.#nowUs)
  }

  /** To be called before a trace changes. */
  #touch(kept: KeptTrace): OpenTouch {
    const known = this.#touches.get(kept)
    const touch = known ?? { kept, before: this.#tables.traces.view(kept), spans: new Map() }
    this.#touches.set(kept, touch)
    kept.lifecycle = livingTrace
    kept.updatedUs = this.#nowUs
    this.#tables.traces.hasChanged(kept)
    return touch
  }

  /** To be called before anything of a project changes. */
  #remember(projectId: ProjectId): void {
    if (!this.#befores.has(projectId)) this.#befores.set(projectId, viewsOf(this.#tables.traces, projectId))
  }
}
