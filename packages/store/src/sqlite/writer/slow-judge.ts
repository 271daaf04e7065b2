import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  bucketStartUs,
  bucketWidthUs,
  decodeHistogram,
  isSlow,
  slowPeersUs,
  type BucketWidth,
  type Histogram,
  type RollupRow,
} from '@tracellm/core'
import { traceType } from './dims-rows.ts'
import type { Dictionary } from './dictionary.ts'
import type { ProjectEntry } from './project-rows.ts'
import type { TraceEntry } from './trace-entry.ts'

/** Counts of durations by the number of a name. */
type Durations = Map<number, Map<number, number>>

/** How long finished traces took over a stretch of time. A row counts where its bucket starts. */
interface Peers {
  fromUs: number
  /** Exclusive; whole minutes, as `fromUs`. */
  toUs: number
  readonly sums: Durations
  /** The minutes at the edges, which are passed again and again as traces come that started earlier or later. */
  readonly minutes: Map<number, Durations>
}

/** Longer stretches are read without being kept minute by minute. */
const maxKeptMinutes = 2000

const foldedLevels: readonly BucketWidth[] = ['hour', 'day']

/**
 * Tells whether a trace was slow, by the rollups of its name over seven days.
 *
 * The histograms of all names of a project are kept in memory for the stretch that the last trace was judged by. The
 * next one's stretch is nearly the same, so that only the minutes between their edges are looked at; what the writer
 * adds to rollups meanwhile is added here too. Minutes that were folded into hours count by the hour.
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
    if (peers === undefined) return
    const name = this.#dict.id(dims.name)
    const minute = peers.minutes.get(bucketUs)
    if (minute !== undefined) addTo(minute, name, sums.histogram, 1)
    if (bucketUs >= peers.fromUs && bucketUs < peers.toUs) addTo(peers.sums, name, sums.histogram, 1)
  }

  /** Whether a trace that finishes is slow, by those that had finished before: neither it nor they may be added yet. */
  isSlow({ project, totals }: TraceEntry): boolean {
    const { startUs, endUs, name } = totals!
    if (endUs === undefined) return false
    const fromUs = bucketStartUs(Math.max(0, startUs - slowPeersUs), 'minute')
    const peers = this.#lookAt(project, fromUs, bucketStartUs(startUs, 'minute') + bucketWidthUs.minute)
    return isSlow(endUs - startUs, peers.sums.get(this.#dict.id(name)) ?? noDurations)
  }

  /** To be called when rollup rows were moved or deleted otherwise than by the writer's own additions. */
  reset(): void {
    this.#peers.clear()
  }

  #lookAt(project: ProjectEntry, fromUs: number, toUs: number): Peers {
    const known = this.#peers.get(project)
    const overlaps = known !== undefined && known.fromUs < toUs && known.toUs > fromUs
    const peers: Peers = overlaps ? known : { fromUs, toUs: fromUs, sums: new Map(), minutes: new Map() }
    this.#peers.set(project, peers)
    this.#shift(project, peers, fromUs, peers.fromUs)
    this.#shift(project, peers, peers.toUs, toUs)
    peers.fromUs = fromUs
    peers.toUs = toUs
    return peers
  }

  /** Adds a stretch, or, where it ends before it begins, takes it out. */
  #shift(project: ProjectEntry, peers: Peers, fromUs: number, toUs: number): void {
    if (fromUs === toUs) return
    const sign = fromUs < toUs ? 1 : -1
    const [firstUs, endUs] = sign === 1 ? [fromUs, toUs] : [toUs, fromUs]
    for (const width of foldedLevels) this.#readInto(peers.sums, project, width, firstUs, endUs, sign)
    if ((endUs - firstUs) / bucketWidthUs.minute > maxKeptMinutes) {
      this.#readInto(peers.sums, project, 'minute', firstUs, endUs, sign)
      return
    }
    for (let minuteUs = firstUs; minuteUs < endUs; minuteUs += bucketWidthUs.minute) {
      for (const [name, durations] of this.#minuteOf(project, peers, minuteUs)) {
        addTo(peers.sums, name, durations, sign)
      }
    }
  }

  #minuteOf(project: ProjectEntry, { minutes }: Peers, minuteUs: number): Durations {
    const known = minutes.get(minuteUs)
    if (known !== undefined) return known
    const minute: Durations = new Map()
    this.#readInto(minute, project, 'minute', minuteUs, minuteUs + bucketWidthUs.minute, 1)
    if (minutes.size >= maxKeptMinutes) minutes.clear()
    minutes.set(minuteUs, minute)
    return minute
  }

  #readInto(
    durations: Durations,
    project: ProjectEntry,
    width: BucketWidth,
    firstUs: number,
    endUs: number,
    sign: 1 | -1,
  ): void {
    const [first, end] = [firstUs, endUs].map((us) => Math.ceil(us / bucketWidthUs[width])) as [number, number]
    if (first === end) return
    for (const row of this.#read[width].iterate(project.id, first, end)) {
      addTo(durations, row['name'] as number, decodeHistogram(row['hist'] as string), sign)
    }
  }
}

const noDurations: Histogram = new Map()

function addTo(durations: Durations, name: number, histogram: Histogram, sign: 1 | -1): void {
  let sum = durations.get(name)
  if (sum === undefined) durations.set(name, (sum = new Map()))
  for (const [bucket, count] of histogram) sum.set(bucket, (sum.get(bucket) ?? 0) + sign * count)
}
