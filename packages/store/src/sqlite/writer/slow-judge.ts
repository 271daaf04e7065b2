import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  addHistograms,
  bucketStartUs,
  bucketWidthUs,
  decodeHistogram,
  histogramOf,
  isSlow,
  slowPeersUs,
  type BucketWidth,
  type RollupRow,
} from '@tracellm/core'
import { traceType } from './dims-rows.ts'
import type { Dictionary } from './dictionary.ts'
import type { ProjectEntry } from './project-rows.ts'
import type { TraceEntry } from './trace-entry.ts'

/** How long finished traces took, by name, over a stretch of time. A row counts where its bucket starts. */
interface Peers {
  fromUs: number
  /** Exclusive; whole minutes, as `fromUs`. */
  toUs: number
  /** By the number of the name. */
  readonly histograms: Map<number, Map<number, number>>
}

const levels: readonly BucketWidth[] = ['minute', 'hour', 'day']

/**
 * Tells whether a trace was slow, by the rollups of its name over seven days.
 *
 * The histograms of all names of a project are kept in memory for the stretch that the last trace was judged by. The
 * next one's stretch is nearly the same, so that only the minutes at its edges are read; what the writer adds to
 * rollups meanwhile is added here too. Minutes that were folded into hours count by the hour.
 */
export class SlowJudge {
  readonly #dict: Dictionary
  readonly #read: Readonly<Record<BucketWidth, StatementSync>>
  readonly #peers = new Map<ProjectEntry, Peers>()

  constructor(database: DatabaseSync, dict: Dictionary) {
    this.#dict = dict
    const statement = (width: BucketWidth): StatementSync =>
      database.prepare(
        `select d.name, r.hist from rollup_${width} r join dims d on d.id = r.dims
         where r.project = ? and r.bucket >= ? and r.bucket < ? and d.type = ${traceType} and r.hist != ''`,
      )
    this.#read = { minute: statement('minute'), hour: statement('hour'), day: statement('day') }
  }

  /** Takes into account what the writer adds to the rollups of traces. */
  note(project: ProjectEntry, { bucketUs, dims, sums }: RollupRow): void {
    const peers = this.#peers.get(project)
    if (peers === undefined || bucketUs < peers.fromUs || bucketUs >= peers.toUs) return
    const sum = histogramOfName(peers, this.#dict.id(dims.name))
    for (const [bucket, count] of sums.histogram) sum.set(bucket, (sum.get(bucket) ?? 0) + count)
  }

  /** Whether a finished trace was slow. It and the others must be in the rollups. */
  isSlow({ project, totals }: TraceEntry): boolean {
    const { startUs, endUs, name } = totals!
    if (endUs === undefined) return false
    const fromUs = bucketStartUs(Math.max(0, startUs - slowPeersUs), 'minute')
    const peers = this.#lookAt(project, fromUs, bucketStartUs(startUs, 'minute') + bucketWidthUs.minute)
    const all = peers.histograms.get(this.#dict.id(name)) ?? new Map<number, number>()
    return isSlow(endUs - startUs, addHistograms(all, histogramOf(endUs - startUs), -1))
  }

  /** To be called when rollup rows were moved or deleted otherwise than by the writer's own additions. */
  reset(): void {
    this.#peers.clear()
  }

  #lookAt(project: ProjectEntry, fromUs: number, toUs: number): Peers {
    const known = this.#peers.get(project)
    const overlaps = known !== undefined && known.fromUs < toUs && known.toUs > fromUs
    const peers = overlaps ? known : { fromUs, toUs: fromUs, histograms: new Map<number, Map<number, number>>() }
    this.#peers.set(project, peers)
    this.#add(project, peers, fromUs, peers.fromUs)
    this.#add(project, peers, peers.toUs, toUs)
    peers.fromUs = fromUs
    peers.toUs = toUs
    return peers
  }

  /** Adds the rows of a stretch, or, where it ends before it begins, takes them out. */
  #add(project: ProjectEntry, peers: Peers, fromUs: number, toUs: number): void {
    if (fromUs === toUs) return
    const sign = fromUs < toUs ? 1 : -1
    const [first, end] = sign === 1 ? [fromUs, toUs] : [toUs, fromUs]
    for (const width of levels) {
      const bounds = [first, end].map((us) => Math.ceil(us / bucketWidthUs[width]))
      for (const row of this.#read[width].iterate(project.id, ...bounds)) {
        const sum = histogramOfName(peers, row['name'] as number)
        for (const [bucket, count] of decodeHistogram(row['hist'] as string)) {
          sum.set(bucket, (sum.get(bucket) ?? 0) + sign * count)
        }
      }
    }
  }
}

function histogramOfName({ histograms }: Peers, name: number): Map<number, number> {
  const known = histograms.get(name)
  if (known !== undefined) return known
  const histogram = new Map<number, number>()
  histograms.set(name, histogram)
  return histogram
}
