import type { ProjectId } from '../ids/ids.ts'
import { isCallType, type Counted } from '../trace/count-once.ts'
import type { Step, TraceSummary } from '../trace/trace.ts'
import { histogramOf } from './histogram.ts'
import { bucketStartUs, dimsKey, type SpanDims, type TraceDims } from './rollup-key.ts'
import { addSums, isNothing, noSums, type RollupRow, type RollupSums } from './rollup-sums.ts'

/** A span as it stands in its trace. Its narrow row and the flags of what counts are all there is to it. */
export interface SpanInRollup {
  readonly projectId: ProjectId
  /** The environment of its trace. */
  readonly environment: string | undefined
  readonly step: RolledStep
  readonly counted: Counted
}

export type RolledStep = Omit<Step, 'spanId' | 'parentId' | 'summary' | 'error' | 'timeToFirstUs'>

/** A trace as it stands. */
export interface TraceInRollup {
  readonly projectId: ProjectId
  readonly trace: Pick<TraceSummary, 'name' | 'status' | 'startUs' | 'endUs' | 'environment' | 'model'>
  readonly slow: boolean
}

/**
 * What is to be added to which minute rows when a span comes, is replaced, goes, or counts otherwise than before
 * because of another. `before` absent: it is new; `after` absent: it is gone. A span counts in the minute it starts.
 */
export function spanRollupChange(before: SpanInRollup | undefined, after: SpanInRollup | undefined): RollupRow[] {
  return difference(before && spanRow(before), after && spanRow(after))
}

/**
 * The same for a trace, which counts in the minute it starts once it no longer runs. A running trace is in no rollup:
 * it is counted from trace rows.
 */
export function traceRollupChange(before: TraceInRollup | undefined, after: TraceInRollup | undefined): RollupRow[] {
  return difference(before && traceRow(before), after && traceRow(after))
}

function spanRow({ projectId, environment, step, counted }: SpanInRollup): RollupRow {
  const dims: SpanDims = {
    projectId,
    environment,
    model: isCallType(step.type) ? step.model : undefined,
    type: step.type,
    name: step.name,
    tool: step.type === 'tool' ? (step.toolName ?? step.name) : undefined,
    status: step.status,
  }
  const isTimed = counted.call || !isCallType(step.type)
  const sums: RollupSums = {
    ...noSums,
    count: 1,
    calls: counted.call ? 1 : 0,
    ...(counted.usage ? tokensOf(step) : {}),
    costNanoUsd: counted.cost ? (step.costNanoUsd ?? 0) : 0,
    unpricedCalls: counted.unpriced ? 1 : 0,
    retries: step.attempt > 1 ? 1 : 0,
    ...timed(isTimed ? step.durationUs : undefined),
  }
  return { bucketUs: bucketStartUs(step.startUs, 'minute'), dims, sums }
}

function traceRow({ projectId, trace, slow }: TraceInRollup): RollupRow | undefined {
  if (trace.status === 'running') return undefined
  const dims: TraceDims = {
    projectId,
    environment: trace.environment,
    model: trace.model,
    type: 'trace',
    name: trace.name,
    tool: undefined,
    status: trace.status,
  }
  const latencyUs = trace.endUs === undefined ? undefined : trace.endUs - trace.startUs
  const sums: RollupSums = { ...noSums, count: 1, slow: slow ? 1 : 0, ...timed(latencyUs) }
  return { bucketUs: bucketStartUs(trace.startUs, 'minute'), dims, sums }
}

function tokensOf(step: RolledStep): Partial<RollupSums> {
  return {
    inputTokens: step.inputTokens ?? 0,
    outputTokens: step.outputTokens ?? 0,
    cacheReadTokens: step.cacheReadTokens ?? 0,
    cacheWriteTokens: step.cacheWriteTokens ?? 0,
    reasoningTokens: step.reasoningTokens ?? 0,
  }
}

function timed(durationUs: number | undefined): Partial<RollupSums> {
  return durationUs === undefined ? {} : { durationUs, histogram: histogramOf(durationUs) }
}

function difference(before: RollupRow | undefined, after: RollupRow | undefined): RollupRow[] {
  if (before === undefined) return after === undefined ? [] : [after]
  const taken: RollupRow = { ...before, sums: addSums(noSums, before.sums, -1) }
  if (after === undefined) return [taken]
  if (before.bucketUs !== after.bucketUs || dimsKey(before.dims) !== dimsKey(after.dims)) return [taken, after]
  const sums = addSums(after.sums, before.sums, -1)
  return isNothing(sums) ? [] : [{ ...after, sums }]
}
