import { livingTrace, type ProjectId, type Span, type SpanId, type TraceId } from '@tracellm/core'
import { canonicalJson } from '../bodies/index.ts'
import { standingVersion } from './standing-version.ts'
import type { GroupReceipt, WriteBatch, WriteGroup, WriteReceipt } from '../port/write-batch.ts'
import type { Touch } from './announcer.ts'
import type { KeptTrace } from './kept-trace.ts'
import type { ProjectTable } from './project-table.ts'
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
  readonly spans: Map<SpanId, 'span.created' | 'span.updated'>
}

class BatchWriter {
  readonly #tables: Tables
  readonly #nowUs: number
  readonly #touches = new Map<KeptTrace, OpenTouch>()

  constructor(tables: Tables, nowUs: number) {
    this.#tables = tables
    this.#nowUs = nowUs
  }

  touched(): Touch[] {
    return [...this.#touches.values()]
  }

  write(group: WriteGroup): GroupReceipt {
    const projectOfTrace = new Map<TraceId, ProjectId>()
    let storedSpans = 0
    for (const sent of group.spans) {
      const kept = this.#open(group, sent.traceId)
      projectOfTrace.set(kept.traceId, kept.projectId)
      if (this.#put(kept, asStored(sent, group.environment))) storedSpans += 1
    }
    return {
      storedSpans,
      duplicateSpans: group.spans.length - storedSpans,
      storedLogEvents: 0,
      projectOfTrace,
    }
  }

  #open(group: WriteGroup, traceId: TraceId): KeptTrace {
    const { traces, projects } = this.#tables
    const projectId = group.fixed ? group.projectId : traces.settle(traceId, group.projectId)
    projects.ensure(projectId, this.#nowUs)
    const kept = traces.open(projectId, traceId, this.#nowUs)
    kept.unkeyed ||= !group.fixed
    return kept
  }

  /** @returns whether the span is new. */
  #put(kept: KeptTrace, span: Span): boolean {
    const instance = instanceOf(span)
    if (instance !== undefined) this.#tables.senders.set(instance, this.#nowUs)
    const standing = kept.spans.get(span.spanId)
    if (standing !== undefined && standingVersion(standing, span) === standing) return false
    const touch = this.#touch(kept)
    kept.spans.set(span.spanId, span)
    const isNew = standing === undefined || touch.spans.get(span.spanId) === 'span.created'
    touch.spans.set(span.spanId, isNew ? 'span.created' : 'span.updated')
    return standing === undefined
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
}

/** A copy as it would come back from a disk: texts well-formed, nothing undefined, nothing shared with the sender. */
function asStored(span: Span, environment: string | undefined): Span {
  const context = environment === undefined ? span.context : { ...span.context, environment }
  return JSON.parse(canonicalJson({ ...span, context } as never)) as Span
}
