import { byStart, type Step } from '@tracellm/core'
import type { SpanState, TraceTotals } from '../../derive/index.ts'
import type { StoreChange } from '../../port/change.ts'
import type { TraceRow } from '../../port/queries.ts'
import type { Touch } from './touch.ts'
import type { TraceEntry } from './trace-entry.ts'

/** What a commit did to one trace, told to whoever listens: the trace, then its new and replaced spans in start order. */
export function changesOf(
  { entry, totalsBefore, written }: Touch,
  totals: TraceTotals,
  sequence: number,
): StoreChange[] {
  const header = { projectId: entry.project.projectId, environment: totals.environment }
  const spans = [...written]
    .map(([spanId, { row, isNew }]) => ({ state: entry.state.get(spanId)!, row, isNew }))
    .toSorted((one, other) => byStart(one.state.facts, other.state.facts))
  return [
    {
      type: totalsBefore === undefined ? 'trace.created' : 'trace.updated',
      sequence,
      ...header,
      trace: traceRowOf(entry, totals),
    },
    ...spans.map(({ state, row, isNew }, place): StoreChange => ({
      type: isNew ? 'span.created' : 'span.updated',
      sequence: sequence + 1 + place,
      ...header,
      traceId: entry.traceId,
      traceStartUs: totals.startUs,
      step: stepOfState(state, row.summary),
    })),
  ]
}

function traceRowOf(entry: TraceEntry, totals: TraceTotals): TraceRow {
  const { prompt: _, response: __, metadata: ___, release: ____, ...rest } = totals
  const { rootId: _____, declaredStatus: ______, textHolders: _______, ...summary } = rest
  return {
    ...summary,
    traceId: entry.traceId,
    projectId: entry.project.projectId,
    prompt: entry.texts?.prompt?.text,
    response: entry.texts?.response?.text,
    slow: entry.slow,
    createdUs: entry.createdUs,
    updatedUs: entry.updatedUs,
  }
}

function stepOfState({ facts, attempt }: SpanState, summary: string | undefined): Step {
  return {
    spanId: facts.spanId,
    parentId: facts.parentId,
    name: facts.name,
    summary,
    type: facts.type,
    model: facts.model,
    toolName: facts.toolName,
    startUs: facts.startUs,
    durationUs: facts.endUs === undefined ? undefined : Math.max(0, facts.endUs - facts.startUs),
    timeToFirstUs: facts.timeToFirstUs,
    status: facts.status,
    error: facts.error,
    attempt,
    inputTokens: facts.inputTokens,
    outputTokens: facts.outputTokens,
    cacheReadTokens: facts.cacheReadTokens,
    cacheWriteTokens: facts.cacheWriteTokens,
    reasoningTokens: facts.reasoningTokens,
    costNanoUsd: facts.costNanoUsd,
  }
}
