import {
  bucketWidthUs,
  spanStatuses,
  spanTypes,
  traceStatuses,
  type BucketWidth,
  type RollupDims,
} from '@tracellm/core'
import type { AnalyticsRow } from '../../derive/analytics-from-rollups.ts'
import type { AnalyticsRange, RollupsKept } from '../../derive/analytics-range.ts'
import type { View, ViewedProject } from './view.ts'

const levels: readonly BucketWidth[] = ['minute', 'hour', 'day']

/** What `dims.type` is of traces; lower numbers are places in `spanTypes`. */
const traceType = spanTypes.length

/**
 * From when on there are minutes, and hours. Folding moves rows up and leaves none behind, so that what lies behind the
 * newest hour was never folded.
 */
export function rollupsKept({ reader, projects }: View): RollupsKept {
  const endUs = (width: BucketWidth): number => {
    const sql = `select max(bucket) from rollup_${width} where project = :project`
    const ends = projects.map(({ id }) => (reader.number(sql, { project: id }) ?? -1) + 1)
    return ends.reduce((one, other) => Math.max(one, other), 0) * bucketWidthUs[width]
  }
  const hoursFromUs = endUs('day')
  return { minutesFromUs: Math.max(endUs('hour'), hoursFromUs), hoursFromUs }
}

export interface RolledRows {
  readonly rows: readonly AnalyticsRow[]
  /** The bound on rows looked at was reached: the newest are missing. */
  readonly isCutOff: boolean
}

/** The rows of a range, those of one bucket of the chart and the same dimensions added up. */
export function readRollups(view: View, range: AnalyticsRange): RolledRows {
  const rows: AnalyticsRow[] = []
  let left = view.reader.limits.rows
  for (const project of view.projects) {
    const dims = readDims(view, project)
    for (const width of levels) {
      for (const bucket of bucketsWithRows(view, project, width, range)) {
        for (const row of readBucket(view, project, width, bucket, left)) {
          left -= row[0]
          const known = dims.get(row[1])
          if (known !== undefined) rows.push(decodeRow(row, known, bucket.fromUs))
        }
        if (left <= 0) return { rows, isCutOff: true }
      }
    }
  }
  return { rows, isCutOff: false }
}

interface Stretch {
  readonly fromUs: number
  readonly toUs: number
}

/** The buckets of the chart that a level has rows in: from each the next is looked up, so that empty ones cost nothing. */
function* bucketsWithRows(
  { reader }: View,
  { id }: ViewedProject,
  width: BucketWidth,
  { fromUs, toUs, bucketStartsUs }: AnalyticsRange,
): Generator<Stretch> {
  const widthUs = bucketWidthUs[width]
  const next = `select min(bucket) from rollup_${width} where project = :id and bucket >= :first`
  for (let startUs = fromUs; startUs < toUs;) {
    const bucket = reader.number(next, { id, first: Math.ceil(startUs / widthUs) })
    if (bucket === undefined || bucket * widthUs >= toUs) return
    const at = bucketStartsUs.findLastIndex((start) => start <= bucket * widthUs)
    const stretch = { fromUs: Math.max(startUs, bucketStartsUs[at] ?? fromUs), toUs: bucketStartsUs[at + 1] ?? toUs }
    yield stretch
    startUs = stretch.toUs
  }
}

type RowDims = AnalyticsRow['dims']

/** Of one project, those that the view shows. Names are left out: no figure is by name. */
function readDims(view: View, project: ViewedProject): ReadonlyMap<number, RowDims> {
  const { reader } = view
  const rows = reader
    .prepareArrays(`select id, model, type, tool, status from dims where project = :id ${view.andEnvironment('env')}`)
    .all({ id: project.id, ...view.parameters })
  return new Map(
    (rows as unknown as [number, number, number, number, number][]).map(([id, model, type, tool, status]) => [
      id,
      {
        projectId: project.projectId,
        model: reader.dictionary.text(model === 0 ? null : model),
        ...(type === traceType
          ? { type: 'trace', tool: undefined, status: traceStatuses[status]! }
          : {
              type: spanTypes[type]!,
              tool: reader.dictionary.text(tool === 0 ? null : tool),
              status: spanStatuses[status]!,
            }),
      } satisfies Partial<RollupDims> as RowDims,
    ]),
  )
}

type SummedRow = readonly [
  rows: number,
  dims: number,
  count: number,
  calls: number,
  inputTokens: number,
  outputTokens: number,
  cacheReadTokens: number,
  cacheWriteTokens: number,
  reasoningTokens: number,
  costNanoUsd: number,
  unpricedCalls: number,
  retries: number,
  slow: number,
  durationUs: number,
  histogramText: string,
]

/** `total` and not `sum`: durations may add up to more than a whole number holds, at which `sum` fails. */
function readBucket(
  { reader }: View,
  { id }: ViewedProject,
  width: BucketWidth,
  { fromUs, toUs }: Stretch,
  limit: number,
): readonly SummedRow[] {
  const widthUs = bucketWidthUs[width]
  const statement = reader.prepareArrays(`
    select count(*), dims, total(n), total(calls), total(in_tok), total(out_tok), total(cache_r), total(cache_w), total(reason),
           total(cost), total(cost_unknown), total(retries), total(slow), total(dur), group_concat(hist, ' ')
    from (select * from rollup_${width} where project = :id and bucket >= :first and bucket < :end limit :limit)
    group by dims`)
  const bounds = { first: Math.ceil(fromUs / widthUs), end: Math.ceil(toUs / widthUs) }
  return statement.all({ id, ...bounds, limit }) as unknown as readonly SummedRow[]
}

function decodeRow(row: SummedRow, dims: RowDims, bucketUs: number): AnalyticsRow {
  const [, , count, calls, inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, reasoningTokens] = row
  const [, , , , , , , , , costNanoUsd, unpricedCalls, retries, slow, durationUs, histogramText] = row
  return {
    bucketUs,
    dims,
    sums: {
      count,
      calls,
      inputTokens,
      outputTokens,
      cacheReadTokens,
      cacheWriteTokens,
      reasoningTokens,
      costNanoUsd,
      unpricedCalls,
      retries,
      slow,
      durationUs,
    },
    histogramText,
  }
}
