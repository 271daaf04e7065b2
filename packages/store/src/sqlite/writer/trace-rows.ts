import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { spanIdleUs, traceIdleUs, traceStatuses, type TraceId } from '@tracellm/core'
import { idParameter, idText } from '../id-columns.ts'
import type { Dictionary } from './dictionary.ts'
import { idleOf, type TraceEntry } from './trace-entry.ts'

/** A trace's row as far as its state does not tell it. */
export interface TraceRecord {
  readonly id: number
  readonly trace_id: TraceId
  readonly project: number
  readonly unkeyed: number
  readonly key_environment: string | null
  readonly idle: number
  readonly slow: number
  readonly start_us: number | null
  readonly created_us: number
  readonly updated_us: number
}

/** The columns that every touch writes. */
const touched = [
  [
    'unkeyed',
    'env_fixed',
    'env',
    'status',
    'declared_status',
    'idle',
    'start_us',
    'end_us',
    'name',
    'user',
    'session',
    'service',
  ],
  ['spans', 'open_spans', 'errors', 'retries', 'llm_calls', 'tool_calls'],
  ['in_tok', 'out_tok', 'cache_r', 'cache_w', 'reason', 'cost', 'cost_unknown'],
  ['model', 'provider', 'models', 'tags', 'release', 'resource', 'slow', 'deadline_us', 'updated_us'],
].flat()

const record = `id, ${idText('trace_id')} trace_id, project, unkeyed, idle, slow, start_us, created_us, updated_us,
  case when env_fixed = 1 then (select v from dict where dict.id = env) end as key_environment`

/** The table `trace`. */
export class TraceRows {
  readonly #dict: Dictionary
  readonly #insert: StatementSync
  readonly #update: StatementSync
  readonly #byTraceId: StatementSync
  readonly #byId: StatementSync

  constructor(database: DatabaseSync, dict: Dictionary) {
    this.#dict = dict
    const columns = [...touched, 'created_us', 'trace_id', 'project', 'id']
    this.#insert = database.prepare(
      `insert into trace(${columns.join(', ')}) values (${columns.map((column) => (column === 'trace_id' ? idParameter : '?')).join(', ')})`,
    )
    this.#update = database.prepare(
      `update trace set ${touched.map((column) => `${column} = ?`).join(', ')} where id = ?`,
    )
    this.#byTraceId = database.prepare(`select ${record} from trace where trace_id = ${idParameter}`)
    this.#byId = database.prepare(`select ${record} from trace where id = ?`)
  }

  /** The traces of all projects with this id. */
  find(traceId: TraceId): TraceRecord[] {
    return this.#byTraceId.all(traceId) as unknown as TraceRecord[]
  }

  read(tid: number): TraceRecord | undefined {
    return this.#byId.get(tid) as unknown as TraceRecord | undefined
  }

  /** Writes a trace as it stands; of one without spans only that it is there. */
  write(entry: TraceEntry): void {
    const values = entry.totals === undefined ? this.#emptyValues(entry) : this.#values(entry, entry.totals)
    if (entry.isStored) this.#update.run(...values, entry.tid)
    else this.#insert.run(...values, entry.createdUs, entry.traceId, entry.project.id, entry.tid)
    entry.isStored = true
  }

  #values(entry: TraceEntry, totals: NonNullable<TraceEntry['totals']>): (number | string | null)[] {
    const dict = this.#dict
    return [
      entry.unkeyed ? 1 : 0,
      entry.keyEnvironment === undefined ? 0 : 1,
      dict.idOrNull(totals.environment),
      traceStatuses.indexOf(totals.status),
      totals.declaredStatus === undefined ? null : traceStatuses.indexOf(totals.declaredStatus),
      idleOf(entry.lifecycle),
      totals.startUs,
      totals.endUs ?? null,
      dict.id(totals.name),
      dict.idOrNull(totals.userId),
      dict.idOrNull(totals.sessionId),
      dict.idOrNull(totals.service),
      totals.spanCount,
      totals.openSpans,
      totals.errorCount,
      totals.retryCount,
      totals.llmCalls,
      totals.toolCalls,
      totals.inputTokens,
      totals.outputTokens,
      totals.cacheReadTokens,
      totals.cacheWriteTokens,
      totals.reasoningTokens,
      totals.costNanoUsd,
      totals.unpricedCalls,
      dict.idOrNull(totals.model),
      dict.idOrNull(totals.provider),
      this.#ids(totals.models),
      this.#ids(totals.tags),
      dict.idOrNull(totals.release),
      entry.state.get(totals.rootId)!.facts.resource,
      entry.slow ? 1 : 0,
      totals.status === 'running' ? deadlineUs(entry, totals.openSpans) : null,
      entry.updatedUs,
    ]
  }

  #emptyValues(entry: TraceEntry): (number | string | null)[] {
    const sums = new Set(['spans', 'open_spans', 'errors', 'retries', 'llm_calls', 'tool_calls', 'in_tok', 'out_tok'])
    for (const column of ['cache_r', 'cache_w', 'reason', 'cost', 'cost_unknown', 'idle', 'slow', 'status'])
      sums.add(column)
    return touched.map((column) => {
      if (column === 'unkeyed') return entry.unkeyed ? 1 : 0
      if (column === 'env_fixed') return entry.keyEnvironment === undefined ? 0 : 1
      if (column === 'env') return this.#dict.idOrNull(entry.keyEnvironment)
      if (column === 'updated_us') return entry.updatedUs
      return sums.has(column) ? 0 : null
    })
  }

  #ids(texts: readonly string[]): string | null {
    return texts.length === 0 ? null : texts.map((text) => this.#dict.id(text)).join()
  }
}

/** When an idle rule may apply at the earliest, if nothing more comes. */
function deadlineUs({ updatedUs }: TraceEntry, openSpans: number): number {
  return updatedUs + (openSpans > 0 ? spanIdleUs : traceIdleUs)
}
