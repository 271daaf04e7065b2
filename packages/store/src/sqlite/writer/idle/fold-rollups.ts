import { bucketWidthUs, decodeHistogram, encodeHistogram, type BucketWidth } from '@tracellm/core'
import type { WriterParts } from '../writer-parts.ts'

/** One level of rollups and the next; what is older than `keptUs` moves up. */
interface Fold {
  readonly from: BucketWidth
  readonly to: BucketWidth
  readonly keptUs: number
}

const hourUs = bucketWidthUs.hour
const folds: readonly Fold[] = [
  // Charts of minutes reach back 500 minutes at most.
  { from: 'minute', to: 'hour', keptUs: 12 * hourUs },
  // Days of another time zone than UTC can be told as long as there are hours.
  { from: 'hour', to: 'day', keptUs: 45 * 24 * hourUs },
]

const sums = [
  ['n', 'calls', 'in_tok', 'out_tok', 'cache_r', 'cache_w', 'reason', 'cost', 'cost_unknown', 'retries'],
  ['slow', 'dur'],
].flat()

/**
 * Moves the rollups of one closed hour, or day, of one project a level up: added there and deleted here in the same
 * transaction, so that the levels never overlap and any range is the sum of all three. What comes late for a time that
 * was folded lies below until it is folded too.
 * @returns whether there may be more to fold.
 */
export function foldRollups(parts: WriterParts): boolean {
  return foldOldest(parts, ({ to, keptUs }) => Math.floor((parts.nowUs - keptUs) / bucketWidthUs[to]))
}

/**
 * The same for what came late, or was taken out, below what was folded before: the levels reach as far as they did.
 * @returns whether there may be more to fold.
 */
export function foldLateRollups(parts: WriterParts): boolean {
  const newest = (width: BucketWidth) =>
    parts.database.prepare(`select max(bucket) bucket from rollup_${width} where project = ?`)
  const levels = { hour: newest('hour'), day: newest('day') }
  return foldOldest(parts, ({ to }, project) => {
    const endUs = (width: 'hour' | 'day'): number => {
      const bucket = levels[width].get(project)!['bucket'] as number | null
      return bucket === null ? 0 : (bucket + 1) * bucketWidthUs[width]
    }
    return Math.max(endUs('day'), to === 'hour' ? endUs('hour') : 0) / bucketWidthUs[to]
  })
}

/** Folds into the oldest bucket that anything is to be folded into. @param endOf the first bucket to be left alone */
function foldOldest(
  { database, memory }: Pick<WriterParts, 'database' | 'memory'>,
  endOf: (fold: Fold, project: number) => number,
): boolean {
  const projects = database.prepare('select id from project').all()
  for (const fold of folds) {
    const perBucket = bucketWidthUs[fold.to] / bucketWidthUs[fold.from]
    const oldest = database.prepare(`select min(bucket) as bucket from rollup_${fold.from} where project = ?`)
    for (const row of projects) {
      const project = row['id'] as number
      const bucket = oldest.get(project)!['bucket'] as number | null
      if (bucket === null || bucket >= endOf(fold, project) * perBucket) continue
      if (foldBucket({ database, memory }, fold, project, Math.floor(bucket / perBucket))) return true
    }
  }
  return false
}

/** @returns whether anything was moved: where nothing is, trying again would move nothing either. */
function foldBucket(
  { database, memory }: Pick<WriterParts, 'database' | 'memory'>,
  { from, to }: Fold,
  project: number,
  bucket: number,
): boolean {
  const perBucket = bucketWidthUs[to] / bucketWidthUs[from]
  const rows = `rollup_${from} where project = :project and bucket >= :first and bucket < :end`
  const range = { project, first: bucket * perBucket, end: (bucket + 1) * perBucket }
  database
    .prepare(
      `insert into rollup_${to}(project, bucket, dims, ${sums.join(', ')}, hist)
       select project, :bucket, dims, ${sums.map((sum) => `total(${sum})`).join(', ')}, group_concat(hist, ' ')
       from ${rows} group by dims
       on conflict do update set ${sums.map((sum) => `${sum} = ${sum} + excluded.${sum}`).join(', ')},
         hist = hist || ' ' || excluded.hist`,
    )
    .run({ ...range, bucket })
  const folded = database.prepare(`select distinct dims from ${rows}`).all(range)
  const { changes } = database.prepare(`delete from ${rows}`).run(range)
  tidy(
    { database, memory },
    to,
    project,
    bucket,
    folded.map(({ dims }) => dims as number),
  )
  memory.judge.reset()
  return changes > 0
}

/** Adds up the histograms, which are only joined so far, and drops rows of nothing. */
function tidy(
  { database }: Pick<WriterParts, 'database' | 'memory'>,
  width: BucketWidth,
  project: number,
  bucket: number,
  dims: readonly number[],
): void {
  const row = `rollup_${width} where project = ? and bucket = ? and dims = ?`
  const read = database.prepare(
    `select hist, ${sums.map((sum) => `${sum} = 0`).join(' and ')} as isNothing from ${row}`,
  )
  const write = database.prepare(`update rollup_${width} set hist = ? where project = ? and bucket = ? and dims = ?`)
  const remove = database.prepare(`delete from ${row}`)
  for (const id of dims) {
    const { hist, isNothing } = read.get(project, bucket, id)!
    const histogram = decodeHistogram(hist as string)
    if (isNothing === 1 && histogram.size === 0) remove.run(project, bucket, id)
    else write.run(encodeHistogram(histogram), project, bucket, id)
  }
}
