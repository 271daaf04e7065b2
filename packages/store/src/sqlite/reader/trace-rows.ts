import { traceStatuses, type TraceId } from '@tracellm/core'
import type { TraceRow } from '../../port/queries.ts'
import { idText } from '../id-columns.ts'
import type { Dictionary } from './dictionary.ts'
import type { ViewedProject } from './view.ts'

/** What `decodeTraceRow` reads, of `trace t` and `trace_text x`. */
export const traceColumns = `
  t.id, ${idText('t.trace_id')} trace_id, t.project, t.env, t.status, t.start_us, t.end_us, t.name, t.user, t.session, t.service,
  t.spans, t.open_spans, t.errors, t.retries, t.llm_calls, t.tool_calls,
  t.in_tok, t.out_tok, t.cache_r, t.cache_w, t.reason, t.cost, t.cost_unknown,
  t.model, t.provider, t.models, t.tags, t.release, t.resource, t.slow, t.created_us, t.updated_us,
  x.prompt, x.response, x.failure`

/** To be joined where `traceColumns` are selected from `trace t`. */
export const joinTraceText = 'left join trace_text x on x.id = t.id'

export interface TraceRecord {
  readonly id: number
  readonly trace_id: TraceId
  readonly project: number
  readonly env: number | null
  readonly status: number
  readonly start_us: number
  readonly end_us: number | null
  readonly name: number | null
  readonly user: number | null
  readonly session: number | null
  readonly service: number | null
  readonly spans: number
  readonly open_spans: number
  readonly errors: number
  readonly retries: number
  readonly llm_calls: number
  readonly tool_calls: number
  readonly in_tok: number
  readonly out_tok: number
  readonly cache_r: number
  readonly cache_w: number
  readonly reason: number
  readonly cost: number
  readonly cost_unknown: number
  readonly model: number | null
  readonly provider: number | null
  readonly models: string | null
  readonly tags: string | null
  readonly release: number | null
  readonly resource: number | null
  readonly slow: number
  readonly created_us: number
  readonly updated_us: number
  readonly prompt: string | null
  readonly response: string | null
  readonly failure: string | null
}

export function decodeTraceRow(row: TraceRecord, project: ViewedProject, dictionary: Dictionary): TraceRow {
  return {
    traceId: row.trace_id,
    projectId: project.projectId,
    environment: dictionary.text(row.env),
    name: dictionary.text(row.name) ?? '',
    status: traceStatuses[row.status]!,
    startUs: row.start_us,
    endUs: row.end_us ?? undefined,
    service: dictionary.text(row.service),
    model: dictionary.text(row.model),
    provider: dictionary.text(row.provider),
    models: dictionary.texts(row.models),
    spanCount: row.spans,
    openSpans: row.open_spans,
    llmCalls: row.llm_calls,
    toolCalls: row.tool_calls,
    errorCount: row.errors,
    retryCount: row.retries,
    inputTokens: row.in_tok,
    outputTokens: row.out_tok,
    cacheReadTokens: row.cache_r,
    cacheWriteTokens: row.cache_w,
    reasoningTokens: row.reason,
    costNanoUsd: row.cost,
    unpricedCalls: row.cost_unknown,
    slow: row.slow === 1,
    failureReason: row.failure ?? undefined,
    sessionId: dictionary.text(row.session),
    userId: dictionary.text(row.user),
    tags: dictionary.texts(row.tags),
    prompt: row.prompt ?? undefined,
    response: row.response ?? undefined,
    createdUs: row.created_us,
    updatedUs: row.updated_us,
  }
}
