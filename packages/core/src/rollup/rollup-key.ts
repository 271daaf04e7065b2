import type { ProjectId } from '../ids/ids.ts'
import type { SpanStatus, SpanType } from '../span/span.ts'
import type { TraceStatus } from '../trace/trace.ts'

/**
 * What the sums of a rollup row are about. A trace has rows of its own, of the type `trace`; they and those of its
 * spans lie under the trace's environment, whatever each span says.
 */
export type RollupDims = SpanDims | TraceDims

interface SharedDims {
  readonly projectId: ProjectId
  readonly environment: string | undefined
  /** Of spans that are model calls, the model that did the work; of traces their `model`. */
  readonly model: string | undefined
  /** The name shown. */
  readonly name: string
}

export interface SpanDims extends SharedDims {
  readonly type: SpanType
  /** Of tool spans: the tool, or what the span is called. */
  readonly tool: string | undefined
  readonly status: SpanStatus
}

export interface TraceDims extends SharedDims {
  readonly type: 'trace'
  readonly tool: undefined
  readonly status: TraceStatus
}

/** One text for each combination of dimensions, to find a row by in memory. */
export function dimsKey(dims: RollupDims): string {
  return JSON.stringify([dims.projectId, dims.environment, dims.model, dims.type, dims.name, dims.tool, dims.status])
}

/** How wide a rollup row is. Also of chart buckets. */
export type BucketWidth = 'minute' | 'hour' | 'day'

export const bucketWidthUs: Readonly<Record<BucketWidth, number>> = {
  minute: 60_000_000,
  hour: 3_600_000_000,
  day: 86_400_000_000,
}

/** The start of the minute, hour or day, in UTC, that holds an instant. */
export function bucketStartUs(instantUs: number, width: BucketWidth): number {
  return instantUs - (instantUs % bucketWidthUs[width])
}
