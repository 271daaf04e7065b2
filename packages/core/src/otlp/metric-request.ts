import type { Attributes } from './any-value.ts'
import type { DecodedRequest, DecodedResource, DecodedScope } from './request.ts'

/** What a `/v1/metrics` body held. `rejectedCount` counts data points, `index` metrics. */
export interface MetricRequest extends DecodedRequest {
  readonly metrics: readonly DecodedMetric[]
}

export type MetricKind = 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary'

/** 0 unspecified, 1 delta, 2 cumulative. */
export type TemporalityNumber = 0 | 1 | 2

export interface DecodedMetric {
  readonly resource: DecodedResource
  readonly scope: DecodedScope
  readonly name: string
  readonly description?: string | undefined
  readonly unit?: string | undefined
  /** Absent for a metric without data. */
  readonly kind?: MetricKind | undefined
  readonly temporality: TemporalityNumber
  readonly isMonotonic: boolean
  readonly points: readonly DecodedPoint[]
}

/**
 * One data point. A gauge and a sum have `value`; the others have `count` and, where sent, `sum`, `min` and `max`.
 * Only an explicit histogram has buckets: one count more than bounds.
 */
export interface DecodedPoint {
  readonly startUs?: number | undefined
  readonly timeUs?: number | undefined
  readonly attributes: Attributes
  readonly droppedAttributesCount: number
  readonly value?: number | bigint | undefined
  readonly count?: number | undefined
  readonly sum?: number | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly bucketCounts?: readonly number[] | undefined
  readonly explicitBounds?: readonly number[] | undefined
  readonly flags: number
}
