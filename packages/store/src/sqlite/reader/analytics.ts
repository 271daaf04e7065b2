import { analyticsFromRollups, type RunningTrace } from '../../derive/analytics-from-rollups.ts'
import {
  analyticsRange,
  oldestDefaultUs,
  recentFailureCount,
  type AnalyticsRange,
} from '../../derive/analytics-range.ts'
import type { Analytics, AnalyticsQuery } from '../../port/queries.ts'
import { newest } from './failures.ts'
import { readRollups, rollupsKept } from './rollup-rows.ts'
import { traceConditions, type TraceConditions } from './trace-conditions.ts'
import { countStretch } from './trace-scan.ts'
import type { View } from './view.ts'

/** Figures of a range from the rollups, and from the rows of traces what those do not have: what still runs. */
export function readAnalytics(shown: View, query: AnalyticsQuery, nowUs: number): Analytics {
  const view = shown.within(query.environment)
  const range = analyticsRange(query, nowUs, oldestStart(view, nowUs), rollupsKept(view))
  const { rows, isCutOff } = readRollups(view, range)
  const isDefaultRange = query.fromUs === undefined && query.toUs === undefined
  return {
    ...analyticsFromRollups(range, query.model, rows, runningTraces(view, range)),
    outOfRange: isDefaultRange ? countOutside(view, query.model, range) : 0,
    recentFailures: newest(view, { ...ofModel(view, query.model, 'failed'), ...bounds(range) }, recentFailureCount),
    ...(isCutOff && {
      limited: `More than ${view.reader.limits.rows} sums lie in the range; the newest were left out.`,
    }),
  }
}

/** The start of the oldest trace that the default range reaches back to. */
function oldestStart(view: View, nowUs: number): number | undefined {
  const sql = `select start_us from trace indexed by trace_list
               where project = :project and start_us >= :lowUs ${view.andEnvironment('env')} order by start_us limit 1`
  const startsUs = view.projects.flatMap(
    ({ id }) => view.reader.number(sql, { project: id, lowUs: oldestDefaultUs(nowUs), ...view.parameters }) ?? [],
  )
  return startsUs.length === 0 ? undefined : startsUs.reduce((one, other) => Math.min(one, other))
}

function runningTraces(view: View, { fromUs, toUs }: AnalyticsRange): readonly RunningTrace[] {
  const statement = view.reader.prepareArrays(`
    select model, start_us from trace indexed by trace_running
    where status = 0 and project = :project and start_us >= :fromUs and start_us < :toUs ${view.andEnvironment('env')}
    limit :limit`)
  return view.projects.flatMap(({ id, projectId }) => {
    const rows = statement.all({ project: id, fromUs, toUs, ...view.parameters, limit: view.reader.limits.rows })
    return (rows as unknown as [number | null, number][]).map(([model, startUs]) => ({
      projectId,
      model: view.reader.dictionary.text(model),
      startUs,
    }))
  })
}

/** Traces before and after the range; as a rule there are none. */
function countOutside(view: View, model: string | undefined, { fromUs, toUs }: AnalyticsRange): number {
  const conditions = ofModel(view, model)
  if (conditions.isImpossible) return 0
  const outside = [
    { driver: 'trace_list', lowUs: 0, highUs: fromUs - 1 },
    { driver: 'trace_list', lowUs: toUs, highUs: Number.MAX_SAFE_INTEGER },
  ] as const
  const counts = view.projects.flatMap((project) =>
    outside.map((stretch) => countStretch(view, project, conditions, stretch, view.reader.limits.rows)),
  )
  return counts.reduce((total, count) => total + count, 0)
}

/** Traces whose model it is: not any that one of their calls went to. */
function ofModel(view: View, model: string | undefined, status?: 'failed'): TraceConditions {
  const conditions = traceConditions(view, { status })
  if (model === undefined) return conditions
  const id = view.reader.dictionary.find(model)
  return {
    ...conditions,
    isImpossible: conditions.isImpossible || id === -1,
    onColumns: [...conditions.onColumns, 't.model = :model'],
    parameters: { ...conditions.parameters, model: id },
  }
}

function bounds({ fromUs, toUs }: AnalyticsRange): Pick<TraceConditions, 'lowUs' | 'highUs'> {
  return { lowUs: fromUs, highUs: toUs - 1 }
}
