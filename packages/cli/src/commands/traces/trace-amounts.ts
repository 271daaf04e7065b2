import { parseIsoTime } from '@tracellm/core'
import {
  formatDuration,
  formatMilliseconds,
  formatMoney,
  formatMoneyCell,
  formatTokensCell,
  isCostUntold,
  nanoUsdOf,
} from '@tracellm/core/format'
import type { TraceJson } from '@tracellm/core/wire'
import type { Glyphs } from '../../screen/glyphs.ts'
import { plain, styled, type StyledText } from '../../screen/styled-text.ts'

/** How long a trace took, or has taken so far; empty for one that stopped without an end. */
export function latencyText(trace: Pick<TraceJson, 'latency' | 'status' | 'started_at'>, nowUs: number): string {
  if (trace.latency !== null) return formatMilliseconds(trace.latency)
  return trace.status === 'running' ? elapsedText(trace.started_at, 0, nowUs) : ''
}

/** How long it is since a time, and some milliseconds after it. */
export function elapsedText(startedAt: string, offsetMs: number, nowUs: number): string {
  return formatDuration(Math.max(0, nowUs - (parseIsoTime(startedAt) ?? nowUs) - offsetMs * 1000))
}

/** Empty for a trace that called no model. */
export function tokenText(trace: TraceJson, glyphs: Glyphs): string {
  const { token_count: tokens, llm_calls: modelCalls, error_count: failedSteps, cost_is_partial: isPartial } = trace
  const text = formatTokensCell(tokens, { modelCalls, failedSteps, isPartial })
  return text === '–' ? glyphs.untold : text
}

/** What a trace cost, for a column whose head says dollars; what is missing from it is marked. */
export function costCell(trace: TraceJson, glyphs: Glyphs): StyledText {
  if (!trace.cost_usd && trace.llm_calls === 0) return []
  const { nanoUsd, ...options } = costOf(trace)
  const text = formatMoneyCell(nanoUsd, options)
  if (text === '–') return [plain(glyphs.untold)]
  if (text === '?') return [styled('warn', text)]
  return text.startsWith('≥') ? [styled('warn', glyphs.atLeast), plain(text.slice(1))] : [plain(text)]
}

/** The same in a sentence. */
export function costText(trace: TraceJson, glyphs: Glyphs): string {
  const { nanoUsd, ...options } = costOf(trace)
  const text = formatMoney(nanoUsd, options)
  return text === '?' || text === '–' ? 'cost unknown' : text.replace('≥', glyphs.atLeast)
}

function costOf(trace: TraceJson) {
  const nanoUsd = nanoUsdOf(trace.cost_usd)
  const calls = { modelCalls: trace.llm_calls, tokens: trace.token_count, failedSteps: trace.error_count }
  return { nanoUsd, isPartial: trace.cost_is_partial, isUntold: isCostUntold(nanoUsd, calls) }
}
