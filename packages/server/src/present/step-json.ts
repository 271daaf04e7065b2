import type { Step } from '@tracellm/core'
import type { StepJson } from '@tracellm/core/wire'
import { dollarsOf, millisecondsOf, orNull } from './units.ts'

/** A span as a row of a tree. */
export function presentStep(step: Step, traceStartUs: number): StepJson {
  return {
    step_id: step.spanId,
    parent_id: step.parentId ?? null,
    name: step.name,
    summary: step.summary ?? null,
    type: step.type,
    model_name: step.model ?? null,
    tool_name: step.toolName ?? null,
    offset: millisecondsOf(step.startUs - traceStartUs),
    duration: orNull(step.durationUs, millisecondsOf),
    success: succeeded(step),
    status: step.status,
    error: step.error ?? null,
    attempt: step.attempt,
    input_tokens: step.inputTokens ?? null,
    output_tokens: step.outputTokens ?? null,
    cache_read_tokens: step.cacheReadTokens ?? null,
    cache_write_tokens: step.cacheWriteTokens ?? null,
    reasoning_tokens: step.reasoningTokens ?? null,
    cost_usd: orNull(step.costNanoUsd, dollarsOf),
    ttft: orNull(step.timeToFirstUs, millisecondsOf),
  }
}

/** A step that still runs has neither succeeded nor failed, unless its sender says so already. */
function succeeded(step: Step): boolean | null {
  if (step.status === 'error') return false
  return step.durationUs === undefined ? null : true
}
