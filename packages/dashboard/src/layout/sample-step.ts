import type { SpanId } from '@tracellm/core'
import type { StepJson } from '@tracellm/core/wire'

/** A step as the wire has it, for tests: a tool call that went well unless `fields` say otherwise. */
export function sampleStep(
  id: string,
  fields: Partial<Omit<StepJson, 'parent_id'>> & { parent_id?: string | null } = {},
): StepJson {
  const { parent_id = null, ...others } = fields
  return {
    step_id: id as SpanId,
    parent_id: parent_id as SpanId | null,
    name: id,
    summary: null,
    type: 'tool',
    model_name: null,
    tool_name: null,
    offset: 0,
    duration: 10,
    success: true,
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
    ...others,
  }
}
