import { cutText, isoTime, type Resource } from '@tracellm/core'
import type { ResourceJson, TraceDetailJson, TraceJson, TracePageJson } from '@tracellm/core/wire'
import type { TraceDetail, TracePage, TraceRow } from '@tracellm/store'
import { millisecondsOf, sumOfCosts } from './units.ts'

/** What a list shows of a text. */
const listTextLength = 500

/** A trace as lists and live events show it. */
export function presentTrace(row: TraceRow): TraceJson {
  return {
    trace_id: row.traceId,
    project_id: row.projectId,
    environment: row.environment ?? null,
    name: row.name,
    status: row.status,
    prompt: row.prompt === undefined ? null : cutText(row.prompt, listTextLength),
    response: row.response === undefined ? null : cutText(row.response, listTextLength),
    model_name: row.model ?? null,
    models: [...row.models],
    provider: row.provider ?? null,
    latency: row.endUs === undefined ? null : millisecondsOf(row.endUs - row.startUs),
    started_at: isoTime(row.startUs),
    token_count: row.inputTokens + row.outputTokens,
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens,
    cache_read_tokens: row.cacheReadTokens,
    cache_write_tokens: row.cacheWriteTokens,
    reasoning_tokens: row.reasoningTokens,
    cost_usd: sumOfCosts(row),
    cost_is_partial: row.unpricedCalls > 0,
    span_count: row.spanCount,
    llm_calls: row.llmCalls,
    tool_calls: row.toolCalls,
    error_count: row.errorCount,
    retry_count: row.retryCount,
    slow_request: row.slow,
    failure_reason: row.failureReason ?? null,
    session_id: row.sessionId ?? null,
    user_id: row.userId ?? null,
    tags: [...row.tags],
    service: row.service ?? null,
    created_at: isoTime(row.createdUs),
    updated_at: isoTime(row.updatedUs),
  }
}

export function presentTracePage(page: TracePage): TracePageJson {
  return {
    items: page.items.map((row) => presentTrace(row)),
    total: page.total,
    total_is_exact: page.totalIsExact,
    next_cursor: page.nextCursor ?? null,
  }
}

/** One trace, its texts whole, with the steps given. */
export function presentTraceDetail(
  detail: TraceDetail,
  steps: TraceDetailJson['steps'],
  nextCursor: string | undefined,
): TraceDetailJson {
  return {
    ...presentTrace(detail),
    prompt: detail.prompt ?? null,
    response: detail.response ?? null,
    metadata: detail.metadata,
    release: detail.release ?? null,
    resource: presentResource(detail.resource),
    active_ms: millisecondsOf(detail.activeUs),
    steps,
    next_cursor: nextCursor ?? null,
  }
}

export function presentResource(resource: Resource): ResourceJson {
  return { attributes: resource.attributes, schema_url: resource.schemaUrl ?? null }
}
