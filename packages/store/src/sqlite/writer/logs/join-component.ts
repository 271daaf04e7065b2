import type { ProjectEntry } from '../project-rows.ts'
import type { TraceEntry } from '../trace-entry.ts'
import type { WriterMemory } from '../writer-memory.ts'
import type { LogRow } from './log-rows.ts'

/** Traces and log records of a project that the join has to see together. */
export interface JoinComponent {
  readonly traces: ReadonlySet<TraceEntry>
  readonly records: ReadonlyMap<number, LogRow>
}

/**
 * All that hangs together with what has changed: records and traces of one trace id, of one session, and of one call
 * where records name nothing else. The join of it alone is the same as that of the whole project.
 *
 * It is found in rows as of the last commit: traces of the open transaction have to be added by whoever has them.
 */
export class ComponentSearch {
  readonly #memory: WriterMemory
  readonly #project: ProjectEntry
  readonly #traces = new Set<TraceEntry>()
  readonly #sessions = new Set<string>()
  readonly #calls = new Set<number>()
  readonly #records = new Map<number, LogRow>()
  readonly #waiting: (() => void)[] = []

  constructor(memory: WriterMemory, project: ProjectEntry) {
    this.#memory = memory
    this.#project = project
  }

  addTrace(entry: TraceEntry | undefined): void {
    if (entry === undefined || this.#traces.has(entry)) return
    this.#traces.add(entry)
    this.#waiting.push(() => {
      for (const row of this.#memory.logs.ofTrace(entry.tid)) this.#addRecord(row)
      this.addSession(entry.state.sessionId())
      for (const { facts } of entry.state.spans()) this.addCall(facts.callKey)
    })
  }

  addSession(sessionId: string | undefined): void {
    if (sessionId === undefined || this.#sessions.has(sessionId)) return
    this.#sessions.add(sessionId)
    this.#waiting.push(() => {
      for (const row of this.#memory.logs.ofSession(this.#project.id, sessionId)) this.#addRecord(row)
      for (const tid of this.#memory.labels.tracesOf(this.#project.id, `s:${sessionId}`)) {
        this.addTrace(this.#memory.traces.read(tid))
      }
    })
  }

  addCall(callKey: number | undefined): void {
    const { logs, calls, traces } = this.#memory
    const { id } = this.#project
    if (callKey === undefined || this.#calls.has(callKey) || !calls.isSought(id, callKey)) return
    this.#calls.add(callKey)
    this.#waiting.push(() => {
      for (const row of logs.ofCall(id, callKey)) this.#addRecord(row)
      for (const tid of calls.tracesOf(id, callKey)) this.addTrace(traces.read(tid))
    })
  }

  find(): JoinComponent {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) next()
    return { traces: this.#traces, records: this.#records }
  }

  #addRecord(row: LogRow): void {
    if (this.#records.has(row.record.digest)) return
    this.#records.set(row.record.digest, row)
    this.addSession(row.record.sessionId)
    this.addCall(row.record.callKey)
    if (row.tid !== undefined) this.addTrace(this.#memory.traces.read(row.tid))
    if (row.usedTid !== undefined) this.addTrace(this.#memory.traces.read(row.usedTid))
  }
}
