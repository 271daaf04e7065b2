import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import {
  spanKinds,
  spanStatuses,
  spanTypes,
  type SpanId,
  type SpanKind,
  type SpanStatus,
  type SpanType,
} from '@tracellm/core'
import type { SaidContext, SpanState } from '../../derive/index.ts'
import { idParameter, idText } from '../id-columns.ts'
import type { Dictionary } from './dictionary.ts'
import type { Resources } from './resources.ts'
import type { RowFacts } from './trace-entry.ts'

/** What a span's row holds beside its facts. */
export interface SpanRow {
  readonly kind: SpanKind
  readonly isFromLog: boolean
  readonly summary: string | undefined
  /** Number of the source. */
  readonly source: number
  readonly context: number | undefined
  readonly callKey: number | undefined
  /** Entry of the detail. */
  readonly detail: number
}

const columns = [
  ['tid', 'sid', 'parent', 'type', 'kind', 'status', 'origin', 'name', 'model', 'request_model', 'provider', 'tool'],
  ['start_us', 'dur', 'ttft', 'in_tok', 'out_tok', 'cache_r', 'cache_w', 'reason', 'cost', 'attempt'],
  ['declared_attempt', 'counted', 'flags', 'error', 'summary', 'context', 'resource', 'source', 'weight', 'digest'],
  ['call_key', 'detail'],
].flat()

const idColumns: ReadonlySet<string> = new Set(['sid', 'parent'])

const answerCutFlag = 1

/** The table `span`. */
export class SpanRows {
  readonly #dict: Dictionary
  readonly #insert: StatementSync
  readonly #place: StatementSync
  readonly #delete: StatementSync
  readonly #read: StatementSync
  readonly #load: StatementSync

  constructor(database: DatabaseSync, dict: Dictionary) {
    this.#dict = dict
    const values = columns.map((column) => (idColumns.has(column) ? idParameter : '?')).join(', ')
    this.#insert = database.prepare(`insert or replace into span(${columns.join(', ')}) values (${values})`)
    const one = `where tid = ? and sid = ${idParameter}`
    this.#place = database.prepare(`update span set attempt = ?, counted = ? ${one}`)
    this.#delete = database.prepare(`delete from span ${one}`)
    this.#read = database.prepare(`select kind, origin, summary, source, context, call_key, detail from span ${one}`)
    const loaded = columns.map((column) => (idColumns.has(column) ? `${idText(column)} ${column}` : column)).join(', ')
    this.#load = database.prepare(`select ${loaded} from span where tid = ?`)
  }

  /** Writes a new span, or another version of one. */
  write(tid: number, { facts, attempt, counted }: SpanState<RowFacts>, row: SpanRow): void {
    const dict = this.#dict
    this.#insert.run(
      tid,
      facts.spanId,
      facts.parentId ?? null,
      typeNumbers[facts.type],
      kindNumbers[row.kind],
      statusNumbers[facts.status],
      row.isFromLog ? 1 : 0,
      dict.id(facts.name),
      dict.idOrNull(facts.model),
      dict.idOrNull(facts.requestModel),
      dict.idOrNull(facts.provider),
      dict.idOrNull(facts.toolName),
      facts.startUs,
      facts.endUs === undefined ? null : facts.endUs - facts.startUs,
      facts.timeToFirstUs ?? null,
      facts.inputTokens ?? null,
      facts.outputTokens ?? null,
      facts.cacheReadTokens ?? null,
      facts.cacheWriteTokens ?? null,
      facts.reasoningTokens ?? null,
      facts.costNanoUsd ?? null,
      attempt,
      facts.declaredAttempt ?? null,
      counted,
      facts.texts | (facts.answerCut ? answerCutFlag : 0),
      facts.error ?? null,
      row.summary ?? null,
      row.context ?? null,
      facts.resource,
      row.source,
      facts.weight,
      facts.digest,
      row.callKey ?? null,
      row.detail,
    )
  }

  /** Writes where a span stands among the others, which changes by others. */
  writePlace(tid: number, { facts, attempt, counted }: SpanState): void {
    this.#place.run(attempt, counted, tid, facts.spanId)
  }

  /** What the row of a span holds beside its facts. */
  read(tid: number, spanId: SpanId): SpanRow {
    const row = this.#read.get(tid, spanId)!
    return {
      kind: spanKinds[row['kind'] as number]!,
      isFromLog: row['origin'] === 1,
      summary: (row['summary'] as string | null) ?? undefined,
      source: row['source'] as number,
      context: number(row['context']),
      callKey: number(row['call_key']),
      detail: row['detail'] as number,
    }
  }

  delete(tid: number, spanId: SpanId): void {
    this.#delete.run(tid, spanId)
  }

  /** The facts of all spans of a trace. */
  *load(tid: number, resources: Resources, contextOf: (n: number) => SaidContext): Generator<RowFacts> {
    const text = (id: unknown): string | undefined => this.#dict.text(id as number | null)
    for (const row of this.#load.all(tid)) {
      const startUs = row['start_us'] as number
      const flags = row['flags'] as number
      const resource = row['resource'] as number
      yield {
        spanId: row['sid'] as SpanId,
        parentId: (row['parent'] as SpanId | null) ?? undefined,
        type: spanTypes[row['type'] as number]!,
        status: spanStatuses[row['status'] as number]!,
        name: text(row['name'])!,
        model: text(row['model']),
        requestModel: text(row['request_model']),
        provider: text(row['provider']),
        toolName: text(row['tool']),
        startUs,
        endUs: row['dur'] === null ? undefined : startUs + (row['dur'] as number),
        timeToFirstUs: number(row['ttft']),
        inputTokens: number(row['in_tok']),
        outputTokens: number(row['out_tok']),
        cacheReadTokens: number(row['cache_r']),
        cacheWriteTokens: number(row['cache_w']),
        reasoningTokens: number(row['reason']),
        costNanoUsd: number(row['cost']),
        declaredAttempt: number(row['declared_attempt']),
        answerCut: (flags & answerCutFlag) !== 0,
        texts: flags & ~answerCutFlag,
        error: (row['error'] as string | null) ?? undefined,
        context: row['context'] === null ? undefined : contextOf(row['context'] as number),
        service: resources.sender(resource).service,
        resource,
        weight: row['weight'] as number,
        digest: row['digest'] as number,
        callKey: number(row['call_key']),
        isFromLog: row['origin'] === 1,
      }
    }
  }
}

function number(value: SQLOutputValue | undefined): number | undefined {
  return value === null ? undefined : (value as number)
}

function numbersOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, place) => [name, place])) as Record<Name, number>
}

const typeNumbers = numbersOf<SpanType>(spanTypes)
const kindNumbers = numbersOf<SpanKind>(spanKinds)
const statusNumbers = numbersOf<SpanStatus>(spanStatuses)
