import type { ProjectId, SpanId, TraceId } from '@tracellm/core'
import { isSameVersion, shownTexts, standsBefore, type SaidContext, type ShownTexts } from '../../derive/index.ts'
import type { GroupReceipt } from '../../port/write-batch.ts'
import type { ByteRange, DraftBatch, DraftGroup, LogDraft, ShownDraft, SpanDraft } from '../../sink/draft.ts'
import { BatchBodies } from './batch-bodies.ts'
import type { RejoinedPart } from './logs/log-joiner.ts'
import { putLogRecord, soughtCallOf } from './logs/put-log-record.ts'
import type { ProjectEntry } from './project-rows.ts'
import { settleProjects, type ProjectOfTrace } from './settle-projects.ts'
import type { TraceEntry } from './trace-entry.ts'
import type { Touch } from './touch.ts'
import type { WriterMemory } from './writer-memory.ts'

/** What a batch tells the transaction that it is written in. */
export interface BatchTransaction {
  /** Gives the note on a trace; to be called before the trace is changed. */
  touch(entry: TraceEntry): Touch
  /** Has what belongs to a session, or to a call that is sought, joined anew. */
  rejoin(project: ProjectEntry, part: RejoinedPart): void
}

/** Puts the spans of one batch into the states of their traces, their bodies and details into chunks, and its log records. */
export class BatchWriter {
  readonly #memory: WriterMemory
  readonly #batch: DraftBatch
  /** `bytes` of the batch. */
  readonly #text: Buffer
  readonly #nowUs: number
  readonly #bodies: BatchBodies
  readonly #transaction: BatchTransaction
  readonly #projectOf: ProjectOfTrace
  readonly #traces = new Map<DraftGroup, Map<TraceId, SpanDraft[]>>()
  /** Numbers of what is shared, by place. */
  readonly #shared: number[] = []

  constructor(memory: WriterMemory, batch: DraftBatch, nowUs: number, transaction: BatchTransaction) {
    this.#memory = memory
    this.#batch = batch
    this.#text = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.length)
    this.#nowUs = nowUs
    this.#bodies = new BatchBodies(batch, memory.bodies)
    this.#transaction = transaction
    this.#projectOf = settleProjects(batch.groups, memory.traces)
  }

  /** The places of bodies that are not known and came without their text. Changes nothing. */
  missing(): number[] {
    const missing = new Set<number>()
    const { projects } = this.#memory
    for (const group of this.#batch.groups) {
      for (const [traceId, drafts] of this.#tracesOf(group)) {
        const project = projects.find(this.#projectOf(group, traceId))
        for (const { refs, context } of drafts) {
          this.#bodies.lookFor(project, refs, missing)
          if (context !== undefined) this.#bodies.lookFor(project, this.#batch.contexts[context]!.refs, missing)
        }
      }
      for (const { traceId, refs } of group.logEvents) {
        const projectId = traceId === undefined ? group.projectId : this.#projectOf(group, traceId)
        this.#bodies.lookFor(projects.find(projectId), refs, missing)
      }
    }
    return [...missing]
  }

  write(): GroupReceipt[] {
    return this.#batch.groups.map((group) => this.#writeGroup(group))
  }

  #writeGroup(group: DraftGroup): GroupReceipt {
    const projectOfTrace = new Map<TraceId, ProjectId>()
    const counts = { storedSpans: 0, duplicateSpans: 0, storedLogEvents: 0, refusedSpans: 0, refusedLogEvents: 0 }
    for (const [traceId, drafts] of this.#tracesOf(group)) {
      const entry = this.#open(group, traceId)
      if (entry === undefined) {
        counts.refusedSpans += drafts.length
        continue
      }
      projectOfTrace.set(traceId, entry.project.projectId)
      const stored = this.#writeSpans(entry, drafts)
      counts.storedSpans += stored
      counts.duplicateSpans += drafts.length - stored
    }
    for (const draft of group.logEvents) {
      const entry = draft.traceId === undefined ? 'none named' : this.#open(group, draft.traceId)
      if (entry === undefined) counts.refusedLogEvents += 1
      else if (this.#writeLogEvent(group, entry === 'none named' ? undefined : entry, draft))
        counts.storedLogEvents += 1
    }
    return { ...counts, projectOfTrace }
  }

  #tracesOf(group: DraftGroup): Map<TraceId, SpanDraft[]> {
    const known = this.#traces.get(group)
    if (known !== undefined) return known
    const traces = Map.groupBy(group.spans, (draft) => draft.traceId)
    this.#traces.set(group, traces)
    return traces
  }

  /** @returns `undefined` where the trace belongs to another key environment than the group's. */
  #open(group: DraftGroup, traceId: TraceId): TraceEntry | undefined {
    const { traces, projects } = this.#memory
    const project = projects.ensure(this.#projectOf(group, traceId), this.#nowUs)
    const entry = traces.open(project, traceId, group.environment, this.#nowUs)
    if (group.environment !== undefined && group.environment !== entry.keyEnvironment) return undefined
    if (!group.fixed && !entry.unkeyed) {
      this.#transaction.touch(entry).isChanged = true
      entry.unkeyed = true
    }
    return entry
  }

  /** @returns how many are new. */
  #writeSpans(entry: TraceEntry, drafts: readonly SpanDraft[]): number {
    const standing: { draft: SpanDraft; refs: string; context: number | undefined; isNew: boolean }[] = []
    let count = 0
    for (const draft of drafts) {
      const { spanId, endUs } = draft.facts
      const known = entry.state.get(spanId)?.facts
      const version = { endUs, weight: draft.weight, digest: draft.digest }
      this.#noteSender(draft)
      // Told before anything is appended: a repeat must leave nothing in a chunk.
      if (known !== undefined && (isSameVersion(known, version) || standsBefore(known, version))) continue
      this.#transaction.touch(entry)
      const saying = this.#sayingOf(entry, draft)
      entry.state.put(
        this.#memory.keepFacts(draft.facts, saying?.said, {
          ...version,
          resource: this.#sharedNumber(draft.resource),
          callKey: draft.callKey,
          isFromLog: draft.isFromLog,
        }),
      )
      // What log records add is decided anew, for what the span now says itself.
      if (entry.fills.delete(spanId)) this.#memory.fills.write(entry.tid, spanId, undefined)
      if (known === undefined) count += 1
      const refs = this.#bodies.store(entry, draft.refs)
      standing.push({ draft, refs, context: saying?.n, isNew: known === undefined })
    }
    // Details after the bodies of the trace, so that either kind lies together.
    for (const { draft, refs, context, isNew } of standing) this.#note(entry, draft, refs, context, isNew)
    return count
  }

  #note(entry: TraceEntry, draft: SpanDraft, refs: string, context: number | undefined, isNew: boolean): void {
    const { kind, isFromLog, summary, source, callKey, shown } = draft
    const { written } = this.#transaction.touch(entry)
    const spanId: SpanId = draft.facts.spanId
    written.set(spanId, {
      row: {
        kind,
        isFromLog,
        summary: summary && this.#textAt(summary),
        source: this.#sharedNumber(source),
        context,
        callKey,
        detail: this.#addDetail(entry, refs, draft.rest),
      },
      isNew: isNew || written.get(spanId)?.isNew === true,
      shown: shown && this.#shownTexts(shown),
    })
  }

  #shownTexts(draft: ShownDraft): ShownTexts {
    const texts: { -readonly [Text in keyof ShownTexts]: ShownTexts[Text] } = {}
    for (const which of shownTexts) {
      const shown = draft[which]
      if (shown !== undefined) texts[which] = { text: this.#textAt(shown.range), isCut: shown.isCut }
    }
    return texts
  }

  #textAt([from, to]: ByteRange): string {
    return this.#text.toString('utf8', from, to)
  }

  /** @param entry the trace that it names. @returns whether it is new. */
  #writeLogEvent(group: DraftGroup, entry: TraceEntry | undefined, draft: LogDraft): boolean {
    const { logs, projects } = this.#memory
    const { sessionId, digest } = draft
    this.#noteSender(draft)
    const project = entry?.project ?? projects.ensure(group.projectId, this.#nowUs)
    if (logs.has(project.id, digest)) return false
    if (entry !== undefined) this.#transaction.touch(entry).isChanged = true
    const resource = this.#sharedNumber(draft.resource)
    const keyEnvironment = entry === undefined ? group.environment : entry.keyEnvironment
    putLogRecord(this.#memory, this.#batch, this.#bodies, draft, { project, entry, keyEnvironment, resource })
    this.#transaction.rejoin(project, { sessionId, callKey: soughtCallOf(draft) })
    return true
  }

  #noteSender({ resource }: Pick<SpanDraft, 'resource'>): void {
    const { instance } = this.#memory.resources.sender(this.#sharedNumber(resource))
    if (instance !== undefined) this.#memory.senders.note(instance, this.#nowUs)
  }

  #sayingOf(entry: TraceEntry, { context: place }: SpanDraft): { n: number; said: SaidContext } | undefined {
    if (place === undefined) return undefined
    const { refs, rest } = this.#batch.contexts[place]!
    const begun = this.#bodies.store(entry, refs)
    const text = begun === '' ? rest : begun + (rest === '{}' ? '}' : `,${rest.slice(1)}`)
    return this.#memory.contexts.say(entry, text, rest)
  }

  /** @param refs the beginning of the object, when it has references */
  #addDetail({ tid }: TraceEntry, refs: string, [from, to]: ByteRange): number {
    const rest = this.#batch.bytes.subarray(from, to)
    if (refs === '') return this.#memory.bodies.addDetail(tid, rest, rest.length)
    const isEmpty = rest.length === 2
    const text = [isEmpty ? refs : `${refs},`, rest.subarray(1)]
    return this.#memory.bodies.addDetail(tid, text, refs.length + rest.length)
  }

  #sharedNumber(place: number): number {
    return (this.#shared[place] ??= this.#memory.resources.id(this.#batch.shared[place]!))
  }
}
