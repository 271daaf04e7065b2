import { isoTime, type ProjectId, type TraceId } from '@tracellm/core'
import type { TraceJson } from '@tracellm/core/wire'

/** A trace as lists have it, for tests: finished well, started so many seconds into the day. */
export function sampleTrace(id: string, startS: number, fields: Partial<TraceJson> = {}): TraceJson {
  const startedAt = isoTime((Date.UTC(2026, 10, 23) + startS * 1000) * 1000)
  return {
    trace_id: id as TraceId,
    project_id: 'default' as ProjectId,
    environment: null,
    name: id,
    status: 'success',
    prompt: null,
    response: null,
    model_name: null,
    models: [],
    provider: null,
    latency: 1000,
    started_at: startedAt,
    token_count: 0,
    input_tokens: 0,
    output_tokens: 0,
    cache_read_tokens: 0,
    cache_write_tokens: 0,
    reasoning_tokens: 0,
    cost_usd: 0,
    cost_is_partial: false,
    span_count: 1,
    llm_calls: 0,
    tool_calls: 0,
    error_count: 0,
    retry_count: 0,
    slow_request: false,
    failure_reason: null,
    session_id: null,
    user_id: null,
    tags: [],
    service: null,
    created_at: startedAt,
    updated_at: startedAt,
    ...fields,
  }
}
