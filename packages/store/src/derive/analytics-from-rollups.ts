import {
  decodeHistogram,
  isCallType,
  type ProjectId,
  type RollupSums,
  type SpanDims,
  type TraceDims,
} from '@tracellm/core'
import type { Analytics, BreakdownRow } from '../port/queries.ts'
import type { AnalyticsRange } from './analytics-range.ts'
import { chartBucketOf, modelRow, projectRow, summaryOf, Tally, toolRow } from './analytics-tally.ts'

/**
 * The figures of `GET /analytics` from rollup rows, so that every store with rollups answers through the same code.
 *
 * Trace figures are those of traces whose model it is, call figures those of calls to it; latency is that of traces,
 * with a model that of its counted calls. Tools are of no model: asked for one, their figures are zero.
 */

/**
 * A rollup row, or several added up: rows that agree in all of this and lie in one bucket of the chart may come as one,
 * their histogram texts with a blank between.
 */
export interface AnalyticsRow {
  readonly bucketUs: number
  readonly dims: AnalyticsSpanDims | AnalyticsTraceDims
  readonly sums: Omit<RollupSums, 'histogram'>
  readonly histogramText: string
}

export type AnalyticsSpanDims = Pick<SpanDims, 'projectId' | 'model' | 'type' | 'tool' | 'status'>
export type AnalyticsTraceDims = Pick<TraceDims, 'projectId' | 'model' | 'type' | 'status'>

/** A trace that runs, and so is in no rollup. */
export interface RunningTrace {
  readonly projectId: ProjectId
  readonly model: string | undefined
  readonly startUs: number
}

/**
 * @param rows of the scope, the environment and the range; those of other models than `model` are passed over.
 * @param running traces of the same.
 */
export function analyticsFromRollups(
  range: AnalyticsRange,
  model: string | undefined,
  rows: Iterable<AnalyticsRow>,
  running: Iterable<RunningTrace>,
): Omit<Analytics, 'outOfRange' | 'recentFailures' | 'limited'> {
  const count = new Count(range.bucketStartsUs, model)
  for (const row of rows) count.addRow(row)
  for (const trace of running) count.addRunning(trace)
  const { fromUs, toUs, interval, dayBoundaries } = range
  return { fromUs, toUs, interval, dayBoundaries, ...count.figures() }
}

class Count {
  readonly #model: string | undefined
  readonly #bucketStartsUs: readonly number[]
  readonly #buckets: readonly Tally[]
  readonly #total = new Tally()
  readonly #projects = new Map<string, Tally>()
  readonly #models = new Map<string, Tally>()
  readonly #tools = new Map<string, Tally>()

  constructor(bucketStartsUs: readonly number[], model: string | undefined) {
    this.#model = model
    this.#bucketStartsUs = bucketStartsUs
    this.#buckets = bucketStartsUs.map(() => new Tally())
  }

  addRow(row: AnalyticsRow): void {
    const { dims } = row
    if (this.#model !== undefined && dims.model !== this.#model) return
    if (dims.type === 'trace') this.#addTraces(dims, row)
    else this.#addSpans(dims, row)
  }

  #addTraces(dims: AnalyticsTraceDims, { bucketUs, sums, histogramText }: AnalyticsRow): void {
    const histogram = decodeHistogram(this.#model === undefined ? histogramText : '')
    for (const tally of this.#everywhere(bucketUs, dims.projectId)) {
      tally.addTraces(dims.status, sums.count)
      tally.slow += sums.slow
      if (this.#model === undefined) tally.addLatency(sums.durationUs, histogram)
    }
  }

  #addSpans(dims: AnalyticsSpanDims, { bucketUs, sums, histogramText }: AnalyticsRow): void {
    const isCall = isCallType(dims.type)
    const isTool = dims.type === 'tool'
    const histogram = decodeHistogram(isCall || isTool ? histogramText : '')
    for (const tally of this.#everywhere(bucketUs, dims.projectId)) {
      tally.addSpans(dims.status, sums)
      if (this.#model !== undefined && isCall) tally.addLatency(sums.durationUs, histogram)
    }
    if (!isCall && !isTool) return
    const line = isCall ? tallyOf(this.#models, dims.model) : tallyOf(this.#tools, dims.tool)
    line.addSpans(dims.status, sums)
    line.addLatency(sums.durationUs, histogram)
  }

  addRunning(trace: RunningTrace): void {
    if (this.#model !== undefined && trace.model !== this.#model) return
    for (const tally of this.#everywhere(trace.startUs, trace.projectId)) tally.addTraces('running', 1)
  }

  figures(): Pick<
    Analytics,
    'summary' | 'charts' | 'statusBreakdown' | 'modelBreakdown' | 'projectBreakdown' | 'toolBreakdown'
  > {
    const statuses = [...this.#total.byStatus].map(([key, count]): BreakdownRow => ({ key, count }))
    return {
      summary: summaryOf(this.#total, this.#toolCalls()),
      charts: this.#buckets.map((tally, at) => chartBucketOf(tally, this.#bucketStartsUs[at]!)),
      statusBreakdown: sorted(statuses),
      modelBreakdown: sorted([...this.#models].map(([key, tally]) => modelRow(key, tally))),
      projectBreakdown: sorted([...this.#projects].map(([key, tally]) => projectRow(key, tally))),
      toolBreakdown: sorted([...this.#tools].map(([key, tally]) => toolRow(key, tally))),
    }
  }

  #toolCalls(): number {
    return [...this.#tools.values()].reduce((total, tally) => total + tally.spans, 0)
  }

  /** Where something that started then counts, besides the lines of models and tools. */
  #everywhere(instantUs: number, projectId: ProjectId): Tally[] {
    const bucket = this.#buckets[bucketAt(this.#bucketStartsUs, instantUs)]!
    return [this.#total, bucket, tallyOf(this.#projects, projectId)]
  }
}

/** The place of the bucket that holds an instant: the last that starts at it or before, found by halving. */
function bucketAt(startsUs: readonly number[], instantUs: number): number {
  let low = 0
  let high = startsUs.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (startsUs[middle]! <= instantUs) low = middle
    else high = middle - 1
  }
  return low
}

function tallyOf(tallies: Map<string, Tally>, key = '(unknown)'): Tally {
  let tally = tallies.get(key)
  if (tally === undefined) {
    tally = new Tally()
    tallies.set(key, tally)
  }
  return tally
}

/** The commonest first; what was taken out of the rollups again, and left a row of nothing, is left out. */
function sorted(rows: readonly BreakdownRow[]): BreakdownRow[] {
  return rows
    .filter((row) => row.count !== 0 || (row.tokens ?? 0) !== 0 || (row.costNanoUsd ?? 0) !== 0)
    .toSorted((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
}
