import { joinLogs, type JoinSpan } from '../../../derive/index.ts'
import type { ProjectEntry } from '../project-rows.ts'
import type { Touch } from '../touch.ts'
import type { RowFacts, TraceEntry } from '../trace-entry.ts'
import type { WriterMemory } from '../writer-memory.ts'
import { ComponentSearch, type JoinComponent } from './join-component.ts'
import type { LogRow } from './log-rows.ts'
import { SpanFiller } from './span-filler.ts'
import { StandInWriter } from './stand-in-writer.ts'

/** What the join looks at of a span, with where it is. */
interface PlacedSpan extends JoinSpan {
  readonly entry: TraceEntry
  readonly facts: RowFacts
}

/** What has to be joined anew, though no trace of it was touched. */
export interface RejoinedPart {
  readonly sessionId?: string | undefined
  /** Of a call that records are about which name neither trace nor session. */
  readonly callKey?: number | undefined
}

export interface Rejoined extends RejoinedPart {
  readonly project: ProjectEntry
}

/**
 * Brings what log records say about spans up to date, in the transaction that changed either.
 *
 * Everything is decided by `joinLogs`, over all that hangs together with the change; what comes out is compared with what
 * is stored, and only differences are written. A project without log records is not looked at.
 */
export class LogJoiner {
  readonly #memory: WriterMemory
  readonly #touch: (entry: TraceEntry) => Touch
  readonly #nowUs: number

  constructor(memory: WriterMemory, touch: (entry: TraceEntry) => Touch, nowUs: number) {
    this.#memory = memory
    this.#touch = touch
    this.#nowUs = nowUs
  }

  join(touches: readonly Touch[], rejoined: readonly Rejoined[]): void {
    const projects = new Set([...touches.map(({ entry }) => entry.project), ...rejoined.map(({ project }) => project)])
    for (const project of projects) {
      if (!this.#memory.logs.isUsedBy(project.id)) continue
      this.#memory.calls.look(project.id)
      const own = touches.filter(({ entry }) => entry.project === project)
      const search = new ComponentSearch(this.#memory, project)
      for (const { entry, totalsBefore } of own) {
        search.addTrace(entry)
        search.addSession(totalsBefore?.sessionId)
      }
      for (const part of rejoined) {
        if (part.project !== project) continue
        search.addSession(part.sessionId)
        search.addCall(part.callKey)
      }
      this.#joinComponent(project, search.find())
    }
  }

  #joinComponent(project: ProjectEntry, { traces, records }: JoinComponent): void {
    const fills = [...traces].some((entry) => entry.fills.size > 0 || isOfRecords(entry))
    if (records.size === 0 && !fills) return
    // What came with this transaction is read back like everything else.
    this.#memory.bodies.flush()
    const rowOf = ({ digest }: { readonly digest: number }): LogRow => records.get(digest)!
    const spans = [...traces].flatMap(placedSpans)
    const joined = joinLogs(
      spans,
      [...records.values()].map((row) => row.record),
    )
    const used = new Map<LogRow, number>()

    const filler = new SpanFiller(this.#memory, this.#touch)
    for (const span of spans) {
      const rows = (joined.recordsOf.get(span) ?? []).map(rowOf)
      for (const row of rows) used.set(row, span.entry.tid)
      filler.fill(span.entry, span.facts, rows)
    }
    const writer = new StandInWriter(this.#memory, this.#touch, project, this.#nowUs)
    const standInTraces = [...traces].filter(isOfRecords)
    for (const [tid, rows] of writer.write(standInTraces, joined.standIns, rowOf)) {
      for (const row of rows) used.set(row, tid)
    }
    for (const row of records.values()) {
      if (row.usedTid !== used.get(row)) this.#memory.logs.setUsed(row, used.get(row))
    }
  }
}

/** Whether a trace is made of records: either all its spans are, or none. */
function isOfRecords({ state }: TraceEntry): boolean {
  for (const { facts } of state.spans()) return facts.isFromLog
  return false
}

function placedSpans(entry: TraceEntry): PlacedSpan[] {
  if (isOfRecords(entry)) return []
  const sessionId = entry.state.sessionId()
  return [...entry.state.spans()].map(({ facts }) => ({
    traceId: entry.traceId,
    spanId: facts.spanId,
    type: facts.type,
    startUs: facts.startUs,
    endUs: facts.endUs,
    sessionId,
    keyEnvironment: entry.keyEnvironment,
    callKey: facts.callKey,
    toolName: facts.toolName,
    model: entry.fills.has(facts.spanId) ? entry.fills.get(facts.spanId)!.model : facts.model,
    entry,
    facts,
  }))
}
