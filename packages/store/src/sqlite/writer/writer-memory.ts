import type { DatabaseSync } from 'node:sqlite'
import type { SaidContext, SpanFacts } from '../../derive/index.ts'
import { BodyChunks } from './body-chunks.ts'
import { ContextRows } from './context-rows.ts'
import { Counters } from './counters.ts'
import { Dictionary } from './dictionary.ts'
import { LabelRows } from './label-rows.ts'
import { FillRows } from './logs/fill-rows.ts'
import { LogRows } from './logs/log-rows.ts'
import { SoughtCalls } from './logs/sought-calls.ts'
import { ProjectRows } from './project-rows.ts'
import { Resources } from './resources.ts'
import { RollupRows } from './rollup-rows.ts'
import { SenderRows } from './sender-rows.ts'
import { SessionRows } from './session-rows.ts'
import { SlowJudge } from './slow-judge.ts'
import { SpanRows } from './span-rows.ts'
import { StoredEntries } from './stored-entries.ts'
import { TextRows } from './text-rows.ts'
import { TraceCache } from './trace-cache.ts'
import type { RowFacts } from './trace-entry.ts'
import { TraceRows } from './trace-rows.ts'

/**
 * The tables, and all that the writer remembers of them. It must never know more than is stored: after a rollback it is
 * thrown away as a whole and made anew, which costs some milliseconds and needs no list of what to undo.
 */
export class WriterMemory {
  readonly counters: Counters
  readonly dict: Dictionary
  readonly resources: Resources
  readonly projects: ProjectRows
  readonly senders: SenderRows
  readonly bodies: BodyChunks
  readonly contexts: ContextRows
  readonly entries: StoredEntries
  readonly spans: SpanRows
  readonly traceRows: TraceRows
  readonly texts: TextRows
  readonly labels: LabelRows
  readonly sessions: SessionRows
  readonly logs: LogRows
  readonly calls: SoughtCalls
  readonly fills: FillRows
  readonly rollups: RollupRows
  readonly judge: SlowJudge
  readonly traces: TraceCache

  constructor(database: DatabaseSync) {
    this.counters = new Counters(database)
    this.dict = new Dictionary(database, 'dict')
    this.resources = new Resources(database)
    this.projects = new ProjectRows(database)
    this.senders = new SenderRows(database, this.dict)
    this.bodies = new BodyChunks(database, this.counters)
    this.contexts = new ContextRows(database)
    this.entries = new StoredEntries(database)
    this.spans = new SpanRows(database, this.dict)
    this.traceRows = new TraceRows(database, this.dict)
    this.texts = new TextRows(database)
    this.labels = new LabelRows(database, this.dict)
    this.sessions = new SessionRows(database, this.dict)
    this.logs = new LogRows(database, this.dict)
    this.calls = new SoughtCalls(database)
    this.fills = new FillRows(database)
    this.judge = new SlowJudge(database, this.dict)
    this.rollups = new RollupRows(database, this.dict, this.projects, this.judge)
    this.traces = new TraceCache({
      spans: this.spans,
      traces: this.traceRows,
      labels: this.labels,
      contexts: this.contexts,
      fills: this.fills,
      logs: this.logs,
      projects: this.projects,
      resources: this.resources,
      counters: this.counters,
    })
  }

  /** A span's facts with texts that are kept once. @param context the object that all who say the same share */
  keepFacts(facts: SpanFacts, context: SaidContext | undefined, stored: Omit<RowFacts, keyof SpanFacts>): RowFacts {
    const { dict, resources } = this
    return {
      spanId: facts.spanId,
      parentId: facts.parentId,
      name: dict.shared(facts.name)!,
      type: facts.type,
      status: facts.status,
      model: dict.shared(facts.model),
      requestModel: dict.shared(facts.requestModel),
      provider: dict.shared(facts.provider),
      toolName: dict.shared(facts.toolName),
      startUs: facts.startUs,
      endUs: facts.endUs,
      timeToFirstUs: facts.timeToFirstUs,
      inputTokens: facts.inputTokens,
      outputTokens: facts.outputTokens,
      cacheReadTokens: facts.cacheReadTokens,
      cacheWriteTokens: facts.cacheWriteTokens,
      reasoningTokens: facts.reasoningTokens,
      costNanoUsd: facts.costNanoUsd,
      error: facts.error,
      declaredAttempt: facts.declaredAttempt,
      answerCut: facts.answerCut,
      texts: facts.texts,
      service: resources.sender(stored.resource).service,
      context,
      resource: stored.resource,
      weight: stored.weight,
      digest: stored.digest,
      callKey: stored.callKey,
      isFromLog: stored.isFromLog,
    }
  }
}
