import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { bucketWidthUs, decodeHistogram, encodeHistogram, type RollupRow, type RollupSums } from '@tracellm/core'
import type { Dictionary } from './dictionary.ts'
import { DimsRows } from './dims-rows.ts'
import type { ProjectEntry, ProjectRows } from './project-rows.ts'
import type { SlowJudge } from './slow-judge.ts'

/** A histogram of more characters than this is added up when it is added to. */
const maxHistogramCharacters = 1200

/** What is to be added to one row. Numbers are in the order of the columns. */
interface Pending {
  readonly project: number
  readonly bucket: number
  readonly dims: number
  readonly sums: number[]
  histogram: string
}

const sumColumns = [
  ['n', 'calls', 'in_tok', 'out_tok', 'cache_r', 'cache_w', 'reason', 'cost', 'cost_unknown', 'retries'],
  ['slow', 'dur'],
].flat()

/**
 * The table `rollup_minute`. What a transaction changes is added up in memory and written at its end. A histogram grows
 * by appending, which needs no look at what is there.
 */
export class RollupRows {
  readonly #dims: DimsRows
  readonly #projects: ProjectRows
  readonly #judge: SlowJudge
  readonly #add: StatementSync
  readonly #readHistogram: StatementSync
  readonly #writeHistogram: StatementSync
  readonly #delete: StatementSync
  /** By dims, by bucket. */
  readonly #pending = new Map<number, Map<number, Pending>>()

  constructor(database: DatabaseSync, dict: Dictionary, projects: ProjectRows, judge: SlowJudge) {
    this.#dims = new DimsRows(database, dict)
    this.#projects = projects
    this.#judge = judge
    const key = 'where project = ? and bucket = ? and dims = ?'
    this.#add = database.prepare(
      `insert into rollup_minute(project, bucket, dims, ${sumColumns.join(', ')}, hist)
       values (?, ?, ?, ${sumColumns.map(() => '?').join(', ')}, ?)
       on conflict do update set ${sumColumns.map((sum) => `${sum} = ${sum} + excluded.${sum}`).join(', ')},
         hist = case when excluded.hist = '' then hist else hist || ' ' || excluded.hist end
       returning ${sumColumns.map((sum) => `${sum} = 0`).join(' and ')} as isNothing, length(hist) as length`,
    )
    this.#readHistogram = database.prepare(`select hist from rollup_minute ${key}`)
    this.#writeHistogram = database.prepare(`update rollup_minute set hist = ? ${key}`)
    this.#delete = database.prepare(`delete from rollup_minute ${key}`)
  }

  /** Adds signed rows, as `spanRollupChange` and `traceRollupChange` of core make them. */
  add(rows: readonly RollupRow[]): void {
    for (const row of rows) {
      const { bucketUs, dims, sums } = row
      const project = this.#projects.find(dims.projectId)!
      if (dims.type === 'trace') this.#judge.note(project, row)
      const pending = this.#pendingOf(project, bucketUs / bucketWidthUs.minute, this.#dims.id(project, dims))
      addTo(pending.sums, sums)
      for (const [duration, count] of sums.histogram) {
        pending.histogram += `${pending.histogram === '' ? '' : ' '}${histogramToken(duration, count)}`
      }
    }
  }

  /** Writes what was added. */
  flush(): void {
    const all = this.#pending.values().flatMap((ofDims) => ofDims.values())
    for (const { project, bucket, dims, sums, histogram } of all) {
      if (histogram === '' && sums.every((sum) => sum === 0)) continue
      const row = this.#add.get(project, bucket, dims, ...sums, histogram)!
      const isLong = (row['length'] as number) > maxHistogramCharacters
      if (isLong || row['isNothing'] === 1) this.#tidy(project, bucket, dims, row['isNothing'] === 1)
    }
    this.#pending.clear()
  }

  /** Forgets what is remembered of `dims`: rows of it are being deleted. */
  forgetDims(): void {
    this.#dims.forget()
  }

  #pendingOf(project: ProjectEntry, bucket: number, dims: number): Pending {
    let ofDims = this.#pending.get(dims)
    if (ofDims === undefined) this.#pending.set(dims, (ofDims = new Map()))
    const known = ofDims.get(bucket)
    if (known !== undefined) return known
    const pending = { project: project.id, bucket, dims, sums: sumColumns.map(() => 0), histogram: '' }
    ofDims.set(bucket, pending)
    return pending
  }

  /** Adds up a histogram; a row that counts nothing any more goes, so that nobody sees what it was about. */
  #tidy(project: number, bucket: number, dims: number, isNothing: boolean): void {
    const histogram = decodeHistogram(this.#readHistogram.get(project, bucket, dims)!['hist'] as string)
    if (isNothing && histogram.size === 0) this.#delete.run(project, bucket, dims)
    else this.#writeHistogram.run(encodeHistogram(histogram), project, bucket, dims)
  }
}

/** In the order of `sumColumns`. */
function addTo(total: number[], sums: RollupSums): void {
  total[0]! += sums.count
  total[1]! += sums.calls
  total[2]! += sums.inputTokens
  total[3]! += sums.outputTokens
  total[4]! += sums.cacheReadTokens
  total[5]! += sums.cacheWriteTokens
  total[6]! += sums.reasoningTokens
  total[7]! += sums.costNanoUsd
  total[8]! += sums.unpricedCalls
  total[9]! += sums.retries
  total[10]! += sums.slow
  total[11]! += sums.durationUs
}

/** One bucket of a histogram as text; see `encodeHistogram` of core. */
function histogramToken(bucket: number, count: number): string {
  return bucket.toString(36) + (count === 1 ? '' : `:${count.toString(36)}`)
}
