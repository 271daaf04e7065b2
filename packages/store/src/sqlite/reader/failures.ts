import type { Failures, FailuresQuery, TraceRow } from '../../port/queries.ts'
import { findNewest } from './list-traces.ts'
import { traceConditions, type TraceConditions } from './trace-conditions.ts'
import { decodeTraceRow } from './trace-rows.ts'
import { countStretch, planScan } from './trace-scan.ts'
import type { View } from './view.ts'

/** The newest traces that failed, tried again or were slow, and how many there are: each kind has an index of its own. */
export function readFailures(shown: View, { environment, limit, ...range }: FailuresQuery): Failures {
  const view = shown.within(environment)
  const failed = traceConditions(view, { ...range, status: 'failed' })
  const retried = traceConditions(view, range, 'retried')
  const slow = traceConditions(view, range, 'slow')
  return {
    failedTraces: newest(view, failed, limit),
    retries: newest(view, retried, limit),
    slowRequests: newest(view, slow, limit),
    totals: { failed: count(view, failed), retries: count(view, retried), slow: count(view, slow) },
  }
}

/** The newest traces that meet the conditions. */
export function newest(view: View, conditions: TraceConditions, limit: number): readonly TraceRow[] {
  if (conditions.isImpossible) return []
  const { found } = findNewest(view, conditions, undefined, limit)
  return found.map(({ row, project }) => decodeTraceRow(row, project, view.reader.dictionary))
}

function count(view: View, conditions: TraceConditions): number {
  if (conditions.isImpossible) return 0
  const counts = view.projects.flatMap((project) =>
    planScan(view, project, conditions, conditions.highUs).stretches.map((stretch) =>
      countStretch(view, project, conditions, stretch, view.reader.limits.rows),
    ),
  )
  return counts.reduce((total, counted) => total + counted, 0)
}
