import { formatMoney, isCostUntold, nanoUsdOf } from '@tracellm/core/format'
import type { TraceJson } from '@tracellm/core/wire'

/** What a trace cost, in words; `undefined` for one that has called no model. */
export function traceCostText(trace: TraceJson): string | undefined {
  const { cost_usd: usd, cost_is_partial: isPartial, llm_calls: modelCalls } = trace
  if (modelCalls === 0 && !isPartial) return undefined
  const nanoUsd = nanoUsdOf(usd)
  const isUntold = isCostUntold(nanoUsd, { modelCalls, tokens: trace.token_count, failedSteps: trace.error_count })
  return formatMoney(nanoUsd, { isPartial, isUntold })
}
