import {
  livingTrace,
  spanRollupChange,
  traceRollupChange,
  type SpanInRollup,
  type TraceLifecycle,
} from '@tracellm/core'
import { countedOfBits, type CutText, type SpanState, type TextSource, type TraceTotals } from '../../derive/index.ts'
import type { StoreChange } from '../../port/change.ts'
import type { GroupReceipt } from '../../port/write-batch.ts'
import type { DraftBatch } from '../../sink/draft.ts'
import { changesOf } from './changes-of.ts'
import { LogJoiner, type Rejoined, type RejoinedPart } from './logs/log-joiner.ts'
import { BatchWriter } from './put-spans.ts'
import type { ProjectEntry } from './project-rows.ts'
import { newTouch, type Touch } from './touch.ts'
import type { RowFacts, TraceEntry } from './trace-entry.ts'
import type { WriterMemory } from './writer-memory.ts'

/**
 * What one transaction writes. Batches are put into the states of traces as they come; `finish` brings the rows up to
 * what the states then say, each once however many batches touched it.
 *
 * The order in `finish` matters: log records before what follows from the spans they fill in, judgement before anything
 * is added to the rollups that it goes by, and spans before the texts that may have to be read back from them.
 */
export class WriteTransaction {
  readonly #memory: WriterMemory
  readonly #nowUs: number
  readonly #touches = new Map<TraceEntry, Touch>()
  readonly #told: StoreChange[] = []
  readonly #rejoined: Rejoined[] = []

  constructor(memory: WriterMemory, nowUs: number) {
    this.#memory = memory
    this.#nowUs = nowUs
  }

  /** Takes in a batch. @returns a receipt, or the bodies it needs the text of, with nothing done. */
  add(batch: DraftBatch): { readonly groups: GroupReceipt[] } | { readonly missing: number[] } {
    const writer = new BatchWriter(this.#memory, batch, this.#nowUs, this)
    const missing = writer.missing()
    return missing.length > 0 ? { missing } : { groups: writer.write() }
  }

  /** The note on a trace; to be called before it is changed. */
  touch(entry: TraceEntry): Touch {
    const known = this.#touches.get(entry)
    if (known !== undefined) return known
    const touch = newTouch(entry)
    this.#touches.set(entry, touch)
    return touch
  }

  /** The traces that it has come upon. */
  touched(): Iterable<TraceEntry> {
    return this.#touches.keys()
  }

  /** Adds a change that is no trace's. */
  tell(change: StoreChange): void {
    this.#told.push(change)
  }

  /** Has the log records of a session, or about a call, joined anew, since one has come or gone. */
  rejoin(project: ProjectEntry, part: RejoinedPart): void {
    this.#rejoined.push({ project, ...part })
  }

  /** Has what is left of the sessions and calls of a trace joined anew, which is being deleted with its records. */
  rejoinWithout({ project, totals, tid, state }: TraceEntry): void {
    const { logs, calls } = this.#memory
    for (const sessionId of [totals?.sessionId, ...logs.sessionsOf(tid)]) this.rejoin(project, { sessionId })
    for (const { facts } of state.spans()) {
      const { callKey } = facts
      if (callKey !== undefined && calls.isSought(project.id, callKey)) this.rejoin(project, { callKey })
    }
  }

  /** What an idle rule has found out about a trace. */
  setLifecycle(entry: TraceEntry, lifecycle: TraceLifecycle): void {
    const touch = this.touch(entry)
    touch.isAnnounced = true
    entry.lifecycle = lifecycle
  }

  /**
   * Writes all rows. @param isHeard whether somebody wants the changes (numbered even if not)
   * @returns the changes, in order.
   */
  finish(isHeard: boolean): StoreChange[] {
    const { bodies, counters, judge, projects, rollups } = this.#memory
    new LogJoiner(this.#memory, (entry) => this.touch(entry), this.#nowUs).join(
      [...this.#touches.values()],
      this.#rejoined,
    )
    const touches = [...this.#touches.values()]
    for (const touch of touches) this.#settle(touch)
    const finished = touches.filter(hasFinished).map(({ entry }) => entry)
    // By start, so that the stretch of time that they are judged by moves one way.
    finished.sort((one, other) => one.totals!.startUs - other.totals!.startUs)
    for (const entry of finished) entry.slow = judge.isSlow(entry)
    for (const touch of touches) this.#writeSpans(touch)
    rollups.flush()
    bodies.flush()
    const changes = touches.flatMap((touch) => this.#writeTrace(touch, isHeard))
    projects.writeCounts()
    counters.write()
    return [...this.#told, ...changes]
  }

  /** What follows from the spans as they stand now. */
  #settle(touch: Touch): void {
    const { entry, written } = touch
    touch.changes = entry.state.takeChanges()
    if (written.size > 0 || touch.changes.some(({ after }) => after === undefined)) {
      entry.lifecycle = livingTrace
      touch.isAnnounced = true
    }
    if (touch.isAnnounced) entry.updatedUs = this.#nowUs
    entry.totals = entry.state.size === 0 ? undefined : entry.state.totals(entry.lifecycle)
  }

  #writeSpans({ entry, totalsBefore, slowBefore, written, changes }: Touch): void {
    const { spans, rollups, traces, calls } = this.#memory
    const { totals, slow, project } = entry
    const { projectId } = project
    for (const { before, after } of changes) {
      const spanId = (before ?? after)!.facts.spanId
      const row = written.get(spanId)?.row
      if (after === undefined) spans.delete(entry.tid, spanId)
      else if (row === undefined) spans.writePlace(entry.tid, after)
      else {
        spans.write(entry.tid, after, row)
        calls.note(project.id, row.callKey, entry.tid)
      }
      rollups.add(
        spanRollupChange(before && inRollup(entry, totalsBefore, before), after && inRollup(entry, totals, after)),
      )
    }
    if (totalsBefore !== undefined && totals !== undefined && totalsBefore.environment !== totals.environment) {
      this.#moveSpans(entry, totalsBefore, totals, new Set(changes.map(({ after }) => after?.facts)))
    }
    rollups.add(
      traceRollupChange(
        totalsBefore && { projectId, trace: totalsBefore, slow: slowBefore },
        totals && { projectId, trace: totals, slow },
      ),
    )
    const grown = entry.state.size - (totalsBefore?.spanCount ?? 0)
    traces.noteSize(grown)
    project.spans += grown
    project.traces += (totals === undefined ? 0 : 1) - (totalsBefore === undefined ? 0 : 1)
  }

  /** The environment of a trace is that of all its spans. */
  #moveSpans(
    entry: TraceEntry,
    before: TraceTotals,
    totals: TraceTotals,
    moved: ReadonlySet<RowFacts | undefined>,
  ): void {
    for (const state of entry.state.spans()) {
      if (moved.has(state.facts)) continue
      const change = spanRollupChange(inRollup(entry, before, state), inRollup(entry, totals, state))
      this.#memory.rollups.add(change)
    }
  }

  #writeTrace(touch: Touch, isHeard: boolean): StoreChange[] {
    const { entry, totalsBefore } = touch
    const { labels, sessions, traceRows, counters } = this.#memory
    const { totals, project } = entry
    if (!touch.isAnnounced && !touch.isChanged) return []
    sessions.change(project, totalsBefore, totals)
    labels.write(entry)
    if (totals !== undefined) this.#writeTexts(touch, totals)
    else if (totalsBefore !== undefined) this.#memory.texts.delete(entry)
    traceRows.write(entry)
    if (!touch.isAnnounced || totals === undefined) return []
    const sequence = 1 + counters.take('sequence', 1 + touch.written.size)
    return isHeard ? changesOf(touch, totals, sequence) : []
  }

  #writeTexts({ entry, totalsBefore, written }: Touch, totals: TraceTotals): void {
    const { texts } = this.#memory
    entry.texts ??= totalsBefore === undefined ? undefined : texts.read(entry.tid)
    const shownBefore = entry.shown
    entry.shown = new Map(
      totals.textHolders.flatMap((spanId) => {
        const shown = written.has(spanId) ? written.get(spanId)!.shown : shownBefore.get(spanId)
        return shown === undefined ? [] : [[spanId, shown]]
      }),
    )
    const isSame = (before: TextSource | undefined, source: TextSource | undefined): boolean =>
      before?.spanId === source?.spanId && before?.text === source?.text && !(source && written.has(source.spanId))
    const isPromptSame = isSame(totalsBefore?.prompt, totals.prompt)
    const isResponseSame = isSame(totalsBefore?.response, totals.response)
    const isRestSame =
      totalsBefore?.failureReason === totals.failureReason && totalsBefore?.metadata === totals.metadata
    if (entry.texts !== undefined && isPromptSame && isResponseSame && isRestSame) return
    entry.texts = {
      prompt: isPromptSame ? entry.texts?.prompt : this.#shown(entry, totals.prompt),
      response: isResponseSame ? entry.texts?.response : this.#shown(entry, totals.response),
    }
    texts.write(entry, entry.texts)
  }

  #shown(entry: TraceEntry, source: TextSource | undefined): CutText | undefined {
    if (source === undefined) return undefined
    return entry.shown.get(source.spanId)?.[source.text] ?? this.#memory.entries.shown(entry, source)
  }
}

function hasFinished({ entry, totalsBefore }: Touch): boolean {
  const isFinished = entry.totals !== undefined && entry.totals.status !== 'running'
  return isFinished && (totalsBefore === undefined || totalsBefore.status === 'running')
}

/** A span of a trace as rollups count it. */
export function inRollup(
  { project }: TraceEntry,
  totals: TraceTotals | undefined,
  { facts, attempt, counted }: SpanState<RowFacts>,
): SpanInRollup {
  const { startUs, endUs } = facts
  return {
    projectId: project.projectId,
    environment: totals?.environment,
    step: { ...facts, attempt, durationUs: endUs === undefined ? undefined : Math.max(0, endUs - startUs) },
    counted: countedOfBits(counted),
  }
}
