import { spanSummary, type JsonObject, type LogEvent, type Resource, type Span } from '@tracellm/core'
import {
  canonicalJson,
  joinContent,
  keysOfRefs,
  readRefs,
  RecentMessages,
  shortDigestOf,
  splitSpan,
  type Body,
  type Refs,
  type StoredRefs,
} from '../../../bodies/index.ts'
import { factsOf, spanOfStandIn, textsToShow, type JoinRecord, type StandInSpan } from '../../../derive/index.ts'
import type { ProjectEntry } from '../project-rows.ts'
import type { Touch } from '../touch.ts'
import type { TraceEntry } from '../trace-entry.ts'
import type { WriterMemory } from '../writer-memory.ts'
import type { LogRow } from './log-rows.ts'
import { refsOfFill } from './span-filler.ts'

/** Writes spans made of log records, and takes out those whose steps have come as spans. */
export class StandInWriter {
  readonly #memory: WriterMemory
  readonly #touch: (entry: TraceEntry) => Touch
  readonly #project: ProjectEntry
  readonly #nowUs: number

  constructor(memory: WriterMemory, touch: (entry: TraceEntry) => Touch, project: ProjectEntry, nowUs: number) {
    this.#memory = memory
    this.#touch = touch
    this.#project = project
    this.#nowUs = nowUs
  }

  /**
   * @param before the traces of stand-ins that there are
   * @param standIns all that there are to be
   * @returns the records that each trace is made of
   */
  write(
    before: readonly TraceEntry[],
    standIns: readonly StandInSpan<JoinRecord>[],
    rowOf: (record: JoinRecord) => LogRow,
  ): Map<number, LogRow[]> {
    const traces = Map.groupBy(standIns, (standIn) => standIn.traceId)
    for (const entry of before) {
      const ids = new Set((traces.get(entry.traceId) ?? []).map((standIn) => standIn.spanId))
      const gone = [...entry.state.spans()].filter(({ facts }) => !ids.has(facts.spanId))
      if (gone.length > 0) this.#touch(entry).isChanged = true
      for (const { facts } of gone) entry.state.remove(facts.spanId)
    }
    const made = new Map<number, LogRow[]>()
    for (const [traceId, spans] of traces) {
      const { keyEnvironment } = spans[0]!.toldBy
      const entry = this.#memory.traces.open(this.#project, traceId, keyEnvironment, this.#nowUs)
      // Somebody has guessed the id before.
      if (entry.keyEnvironment !== keyEnvironment) continue
      for (const standIn of spans) this.#write(entry, standIn, rowOf)
      made.set(
        entry.tid,
        spans.flatMap((standIn) => standIn.records.map(rowOf)),
      )
    }
    return made
  }

  #write(entry: TraceEntry, standIn: StandInSpan<JoinRecord>, rowOf: (record: JoinRecord) => LogRow): void {
    const { entries, bodies, contexts, resources } = this.#memory
    const { resource } = rowOf(standIn.toldBy)
    const refs = refsOfStandIn(standIn, rowOf)
    const told = spanOfStandIn(standIn, this.#eventOf(rowOf(standIn.toldBy)))
    const digest = shortDigestOf(canonicalJson(told as object as JsonObject) + JSON.stringify(refs ?? null))
    const known = entry.state.get(told.spanId)?.facts
    if (known?.digest === digest) return

    const touch = this.#touch(entry)
    const span: Span = { ...told, ...joinContent(readRefs(refs), entries.text) }
    const { rest, context, refs: own } = splitSpan(told, new RecentMessages())
    const saying = context && contexts.say(entry, context.rest, context.rest)
    for (const body of keysOfRefs(readRefs(refs))) bodies.addUse(body, entry.tid)
    const { texts, shown } = textsToShow(span)
    const { resource: _, ...source } = told.source
    // By it records are found that name nothing else.
    const callKey = told.type === 'agent' ? undefined : standIn.toldBy.callKey
    const weight = Object.keys(told.attributes).length
    entry.state.put(
      this.#memory.keepFacts(factsOf(span, texts), saying?.said, {
        resource,
        weight,
        digest,
        callKey,
        isFromLog: true,
      }),
    )
    touch.written.set(told.spanId, {
      row: {
        kind: told.kind,
        isFromLog: true,
        summary: spanSummary(span),
        source: resources.id(canonicalJson(source as object as JsonObject)),
        context: saying?.n,
        callKey,
        detail: this.#addDetail(entry, refs, own, rest),
      },
      isNew: known === undefined,
      shown,
    })
  }

  /** @param own long values that the span has in a place of their own, beside what it refers to of records */
  #addDetail(entry: TraceEntry, refs: StoredRefs | undefined, own: Refs<Body>, rest: string): number {
    const lifted = own.lifted?.map(([path, body]) => [path, this.#idOf(entry, body)] as const)
    const all: StoredRefs = { ...refs, ...(lifted && { lifted }) }
    const detail = Object.keys(all).length === 0 ? rest : `{"refs":${JSON.stringify(all)},${rest.slice(1)}`
    return this.#memory.bodies.addDetail(entry.tid, detail, detail.length)
  }

  #idOf({ project, tid }: TraceEntry, body: Body): number {
    const { bodies } = this.#memory
    const known = bodies.find(project, body.hash) ?? bodies.addBody(project, tid, body.hash, body.bytes())
    if (known.owner !== tid) bodies.addUse(known.id, tid)
    return known.id
  }

  #eventOf({ record, entry, resource }: LogRow): Parameters<typeof spanOfStandIn>[1] {
    const rest = JSON.parse(this.#memory.entries.text(entry)) as Pick<LogEvent, 'attributes' | 'scope'>
    const { sessionId, dialect } = record
    return { ...rest, sessionId, dialect, resource: JSON.parse(this.#memory.resources.text(resource)!) as Resource }
  }
}

function refsOfStandIn(
  { fill }: StandInSpan<JoinRecord>,
  rowOf: (record: JoinRecord) => LogRow,
): StoredRefs | undefined {
  return refsOfFill({
    input: fill?.input?.map(rowOf),
    output: fill?.output?.map(rowOf),
    tools: fill?.tools && rowOf(fill.tools),
  })
}
