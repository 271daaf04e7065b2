import type { Allowance } from './allowance.ts'
import { AttributeList } from './attribute-list.ts'
import type { DecodedMetric, DecodedPoint, MetricKind, TemporalityNumber } from './metric-request.ts'
import { usableTime } from './nanoseconds.ts'
import { tooMuch, type UnusableRecord } from './record-list.ts'
import type { DecodedResource, DecodedScope } from './request.ts'

/** A metric while either reader fills it. */
export class MetricInMaking {
  name = ''
  description: string | undefined
  unit: string | undefined
  temporality = 0
  isMonotonic = false
  readonly #allowance: Allowance
  #kind: MetricKind | undefined
  #points: DecodedPoint[] = []
  #pointsLeft = 0

  constructor(allowance: Allowance) {
    this.#allowance = allowance
  }

  /** Data of a kind begins. A metric has one kind: if another came before, it is forgotten. */
  begin(kind: MetricKind): void {
    if (this.#kind === kind) return
    this.#kind = kind
    this.#points = []
    this.temporality = 0
    this.isMonotonic = false
  }

  addPoint(point: PointInMaking): void {
    if (this.#allowance.takeItem()) this.#points.push(point.finish(this.#kind))
    else this.#pointsLeft++
  }

  finish(resource: DecodedResource, scope: DecodedScope): DecodedMetric | UnusableRecord {
    if (this.#pointsLeft > 0) return { ...tooMuch, count: this.pointCount }
    if (this.name === '') return { unusable: 'it has no name', count: this.pointCount }
    return {
      resource,
      scope,
      name: this.name,
      description: this.description,
      unit: this.unit,
      kind: this.#kind,
      temporality: this.temporality <= 2 ? (this.temporality as TemporalityNumber) : 0,
      isMonotonic: this.isMonotonic,
      points: this.#points,
    }
  }

  /** What it counts for when it is rejected. */
  get pointCount(): number {
    return Math.max(1, this.#points.length + this.#pointsLeft)
  }
}

/** A data point of any kind while either reader fills it. */
export class PointInMaking {
  startUs: number | undefined
  timeUs: number | undefined
  readonly attributes: AttributeList
  value: number | bigint | undefined
  count: number | undefined
  sum: number | undefined
  min: number | undefined
  max: number | undefined
  bucketCounts: number[] | undefined
  explicitBounds: number[] | undefined
  flags = 0

  constructor(allowance: Allowance) {
    this.attributes = new AttributeList(allowance)
  }

  finish(kind: MetricKind | undefined): DecodedPoint {
    const isNumber = kind === 'gauge' || kind === 'sum'
    return {
      startUs: usableTime(this.startUs),
      timeUs: usableTime(this.timeUs),
      attributes: this.attributes.values,
      droppedAttributesCount: this.attributes.dropped,
      value: this.value,
      // Neither encoding tells 0 from absence, and these have a count.
      count: isNumber ? undefined : (this.count ?? 0),
      sum: this.sum,
      min: this.min,
      max: this.max,
      bucketCounts: this.bucketCounts,
      explicitBounds: this.explicitBounds,
      flags: this.flags,
    }
  }
}
