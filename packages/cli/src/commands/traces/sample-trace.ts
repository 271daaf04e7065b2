import { isSpanId, isTraceId, parseIsoTime, type ProjectId } from '@tracellm/core'
import type { StepJson, TraceDetailJson, TraceJson } from '@tracellm/core/wire'

/** When the samples are looked at. */
export const sampleNowUs = parseIsoTime('2026-11-23T14:02:41Z')!

/** A trace as the API gives it, for tests. */
export function sampleTrace(changes: Partial<TraceJson> & { readonly id?: string } = {}): TraceJson {
  const { id = 'a91f3c0123456789abcdef01234577e2', ...others } = changes
  if (!isTraceId(id)) throw new Error(`${id} is no trace id`)
  return {
    trace_id: id,
    project_id: 'default' as ProjectId,
    environment: null,
    name: 'fix-issue',
    status: 'success',
    prompt: '#482 session test fails after 23:00 UTC',
    response: null,
    model_name: 'claude-sonnet-4-5',
    models: ['claude-sonnet-4-5'],
    provider: 'anthropic',
    latency: 389_000,
    started_at: '2026-11-23T13:41:07.000000Z',
    token_count: 283_000,
    input_tokens: 270_000,
    output_tokens: 13_000,
    cache_read_tokens: 156_600,
    cache_write_tokens: 0,
    reasoning_tokens: 0,
    cost_usd: 0.467,
    cost_is_partial: false,
    span_count: 47,
    llm_calls: 12,
    tool_calls: 20,
    error_count: 0,
    retry_count: 0,
    slow_request: false,
    failure_reason: null,
    session_id: null,
    user_id: null,
    tags: [],
    service: null,
    created_at: '2026-11-23T13:41:08.000000Z',
    updated_at: '2026-11-23T13:47:36.000000Z',
    ...others,
  }
}

export function sampleDetail(
  steps: readonly StepJson[],
  changes: Parameters<typeof sampleTrace>[0] = {},
): TraceDetailJson {
  return {
    ...sampleTrace({ span_count: steps.length, ...changes }),
    metadata: {},
    release: null,
    resource: { attributes: {}, schema_url: null },
    active_ms: 380_000,
    steps: [...steps],
    next_cursor: null,
  }
}

/** A step; `id` and `parent` are small numbers. */
export function sampleStep(
  id: number,
  parent: number | null,
  changes: Partial<StepJson> & Pick<StepJson, 'type' | 'name'>,
): StepJson {
  return {
    step_id: spanId(id),
    parent_id: parent === null ? null : spanId(parent),
    summary: null,
    model_name: null,
    tool_name: null,
    offset: id * 1000,
    duration: 500,
    success: changes.status !== 'error',
    status: 'ok',
    error: null,
    attempt: 1,
    input_tokens: null,
    output_tokens: null,
    cache_read_tokens: null,
    cache_write_tokens: null,
    reasoning_tokens: null,
    cost_usd: null,
    ttft: null,
    ...changes,
  }
}

function spanId(number: number): StepJson['step_id'] {
  const id = String(number).padStart(16, '0')
  if (!isSpanId(id)) throw new Error(`${id} is no span id`)
  return id
}
