import { addHistograms, type Histogram } from './histogram.ts'
import type { RollupDims } from './rollup-key.ts'

/**
 * What a rollup keeps of the spans, or of the finished traces, that start in one bucket. Of a trace only `count`,
 * `slow`, `durationUs` and `histogram` are told; the rest is told by its spans.
 */
export interface RollupSums {
  /** Spans, or traces. */
  readonly count: number
  /** Counted model calls. */
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  readonly reasoningTokens: number
  readonly costNanoUsd: number
  readonly unpricedCalls: number
  readonly retries: number
  readonly slow: number
  /** Of all that is in the histogram. */
  readonly durationUs: number
  /** Of what has ended; of model calls only those that count, or a wrapper would be taken for its model. */
  readonly histogram: Histogram
}

/** Sums under their dimensions in one bucket: a row, or signed, what is to be added to one. */
export interface RollupRow {
  /** The start of the bucket. */
  readonly bucketUs: number
  readonly dims: RollupDims
  readonly sums: RollupSums
}

export const noSums: RollupSums = {
  count: 0,
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  costNanoUsd: 0,
  unpricedCalls: 0,
  retries: 0,
  slow: 0,
  durationUs: 0,
  histogram: new Map(),
}

/** The sum, with `sign` -1 the difference. */
export function addSums(one: RollupSums, other: RollupSums, sign: 1 | -1 = 1): RollupSums {
  return {
    count: one.count + sign * other.count,
    calls: one.calls + sign * other.calls,
    inputTokens: one.inputTokens + sign * other.inputTokens,
    outputTokens: one.outputTokens + sign * other.outputTokens,
    cacheReadTokens: one.cacheReadTokens + sign * other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + sign * other.cacheWriteTokens,
    reasoningTokens: one.reasoningTokens + sign * other.reasoningTokens,
    costNanoUsd: one.costNanoUsd + sign * other.costNanoUsd,
    unpricedCalls: one.unpricedCalls + sign * other.unpricedCalls,
    retries: one.retries + sign * other.retries,
    slow: one.slow + sign * other.slow,
    durationUs: one.durationUs + sign * other.durationUs,
    histogram: addHistograms(one.histogram, other.histogram, sign),
  }
}

/** Whether adding these would change nothing. */
export function isNothing(sums: RollupSums): boolean {
  const { histogram, ...figures } = sums
  return histogram.size === 0 && Object.values(figures).every((figure) => figure === 0)
}
