import { exactPercentileUs, isCallType, modelOf } from '@tracellm/core'
import type { Analytics, BreakdownRow } from '../port/queries.ts'
import { callsOf, costOf, durationsUs, latenciesUs, tokensOf, unpricedOf, withStatus } from './selection-figures.ts'
import type { SeenSpan, Selection } from './selection.ts'
import type { TraceView } from './trace-view.ts'

/** The figures of a selection by status, model, project and tool; the commonest first. */
export function breakdowns(
  { traces, spans }: Selection,
  model: string | undefined,
): Pick<Analytics, 'statusBreakdown' | 'modelBreakdown' | 'projectBreakdown' | 'toolBreakdown'> {
  const calls = spans.filter(({ span }) => isCallType(span.type))
  const tools = spans.filter(({ span }) => span.type === 'tool')
  const projects = new Set([...traces, ...spans.map(({ view }) => view)].map((view) => view.kept.projectId))
  return {
    statusBreakdown: sorted(
      [...Map.groupBy(traces, (view) => view.summary.status)].map(([key, group]) => ({ key, count: group.length })),
    ),
    modelBreakdown: sorted(
      [...Map.groupBy(calls, ({ span }) => modelOf(span) ?? '(unknown)')].map(([key, group]) => modelRow(key, group)),
    ),
    projectBreakdown: sorted(
      [...projects].map((projectId) => {
        const own = (view: TraceView): boolean => view.kept.projectId === projectId
        const part = { traces: traces.filter(own), spans: spans.filter(({ view }) => own(view)) }
        return projectRow(projectId, part, model)
      }),
    ),
    toolBreakdown: sorted(
      [...Map.groupBy(tools, ({ span }) => span.tool?.name ?? span.name)].map(([key, group]) => toolRow(key, group)),
    ),
  }
}

function modelRow(key: string, calls: readonly SeenSpan[]): BreakdownRow {
  const counted = callsOf(calls)
  return {
    ...priced(key, calls),
    count: counted.length,
    errors: counted.filter(({ span }) => span.status === 'error').length,
    p95LatencyUs: exactPercentileUs(durationsUs(counted), 0.95),
  }
}

function projectRow(key: string, selection: Selection, model: string | undefined): BreakdownRow {
  return {
    ...priced(key, selection.spans),
    count: selection.traces.length,
    errors: withStatus(selection.traces, 'failed'),
    p95LatencyUs: exactPercentileUs(latenciesUs(selection, model), 0.95),
  }
}

function toolRow(key: string, tools: readonly SeenSpan[]): BreakdownRow {
  const errors = tools.filter(({ span }) => span.status === 'error').length
  return { key, count: tools.length, errors, p95LatencyUs: exactPercentileUs(durationsUs(tools), 0.95) }
}

function priced(key: string, spans: readonly SeenSpan[]): Omit<BreakdownRow, 'count'> {
  return { key, tokens: tokensOf(spans), costNanoUsd: costOf(spans), unpricedCalls: unpricedOf(spans) }
}

function sorted(rows: readonly BreakdownRow[]): BreakdownRow[] {
  return rows
    .filter((row) => row.count !== 0 || (row.tokens ?? 0) !== 0 || (row.costNanoUsd ?? 0) !== 0)
    .toSorted((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
}
