import {
  bucketStartUs,
  decodeHistogram,
  encodeHistogram,
  addHistograms,
  livingTrace,
  spanRollupChange,
  stepOf,
  traceRollupChange,
  type ProjectId,
  type RollupRow,
  type Span,
} from '@tracellm/core'
import { array, assert, constantFrom, property, type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearly } from '../contract/near.ts'
import { projectA, projectB, sampleStartUs, traceIdOf } from '../contract/span-samples.ts'
import { inTrace, traceArbitrary } from '../contract/trace-arbitrary.ts'
import { newTrace } from '../memory/kept-trace.ts'
import { recountAnalytics } from '../memory/recount-analytics.ts'
import { viewTrace, type TraceView } from '../memory/trace-view.ts'
import { analyticsFromRollups, type AnalyticsRow, type RunningTrace } from './analytics-from-rollups.ts'
import { analyticsRange } from './analytics-range.ts'

const hourUs = 3_600_000_000
const range = analyticsRange({ fromUs: sampleStartUs - hourUs, toUs: sampleStartUs + hourUs }, 0, undefined)

/** What a store has of some traces in the range. */
function rollupsOf(traces: readonly TraceView[]): RollupRow[] {
  return traces.flatMap(changesOf).filter(({ bucketUs }) => isInRange(bucketUs))
}

function changesOf({ kept: { projectId, slow }, summary, analysis }: TraceView): RollupRow[] {
  const spans = analysis.tree.items.flatMap((span, row) => {
    const step = stepOf(span, analysis.attempts.get(span.spanId)!)
    const counted = analysis.counted[row]!
    return spanRollupChange(undefined, { projectId, environment: summary.environment, step, counted })
  })
  return [...spans, ...traceRollupChange(undefined, { projectId, trace: summary, slow })]
}

function isInRange(instantUs: number): boolean {
  return instantUs >= range.fromUs && instantUs < range.toUs
}

function rowOf({ bucketUs, dims, sums: { histogram, ...sums } }: RollupRow): AnalyticsRow {
  return { bucketUs, dims, sums, histogramText: encodeHistogram(histogram) }
}

function runningOf(traces: readonly TraceView[]): RunningTrace[] {
  return traces
    .filter(({ summary }) => summary.status === 'running' && isInRange(summary.startUs))
    .map(({ kept, summary }) => ({ projectId: kept.projectId, model: summary.model, startUs: summary.startUs }))
}

const views: Arbitrary<TraceView[]> = array(traceArbitrary, { maxLength: 6 }).map((samples) =>
  samples.map((sample, at) => viewOf(inTrace(sample, traceIdOf(at + 1)), at % 3 === 0 ? projectB : projectA)),
)

function viewOf(spans: readonly Span[], projectId: ProjectId): TraceView {
  return viewTrace({ ...newTrace(projectId, spans[0]!.traceId, undefined, 0), lifecycle: livingTrace }, spans)!
}

/** The sum of two rows that agree in their dimensions. */
function together(one: AnalyticsRow, other: AnalyticsRow): AnalyticsRow {
  const keys = Object.keys(one.sums) as (keyof AnalyticsRow['sums'])[]
  const sums = Object.fromEntries(keys.map((key) => [key, one.sums[key] + other.sums[key]])) as AnalyticsRow['sums']
  return { ...one, sums, histogramText: `${one.histogramText} ${other.histogramText}` }
}

describe('analyticsFromRollups', () => {
  const model = constantFrom(undefined, undefined, 'large', 'small-2024')

  test('gives what counting all spans again gives', () => {
    assert(
      property(views, model, (traces, asked) => {
        const answer = analyticsFromRollups(range, asked, rollupsOf(traces).map(rowOf), runningOf(traces))
        const exact = recountAnalytics(traces, range, asked)
        expect(nearly(exact, answer)).toEqual(exact)
      }),
    )
  })

  test('gives the same for rows added up in their chart bucket', () => {
    assert(
      property(views, (traces) => {
        const rows = rollupsOf(traces).map(rowOf)
        const groups = Map.groupBy(rows, ({ bucketUs, dims: { projectId, model: of, type, status, ...dims } }) =>
          JSON.stringify([
            bucketStartUs(bucketUs, range.interval),
            projectId,
            of,
            type,
            status,
            'tool' in dims && dims.tool,
          ]),
        )
        const few = [...groups.values()].map((group) => group.reduce(together))
        expect(analyticsFromRollups(range, undefined, few, [])).toEqual(
          analyticsFromRollups(range, undefined, rows, []),
        )
      }),
    )
  })

  test('forgets what was taken out again', () => {
    assert(
      property(views, views, (kept, gone) => {
        const taken = rollupsOf(gone).map(rowOf).map(negative)
        const rows = rollupsOf(kept).map(rowOf)
        const answer = analyticsFromRollups(range, undefined, [...taken, ...rollupsOf(gone).map(rowOf), ...rows], [])
        expect(answer).toEqual(analyticsFromRollups(range, undefined, rows, []))
      }),
    )
  })
})

function negative(row: AnalyticsRow): AnalyticsRow {
  const sums = Object.fromEntries(Object.entries(row.sums).map(([key, value]) => [key, -value]))
  const histogram = addHistograms(new Map(), decodeHistogram(row.histogramText), -1)
  return { ...row, sums: sums as AnalyticsRow['sums'], histogramText: encodeHistogram(histogram) }
}
