import { spanKinds, spanStatuses, spanTypes, type SpanId, type Step, type TraceId } from '@tracellm/core'
import type { NarrowSpan } from '../../bodies/split-bodies.ts'
import { idText } from '../id-columns.ts'
import type { Dictionary } from './dictionary.ts'

/** What `decodeStep` reads, of `span`, as an array: objects cost three times as much, and a trace may have 100,000. */
export const stepColumns = `${idText('sid')}, ${idText('parent')}, name, summary, type, model, tool, start_us, dur, ttft, status, error, attempt,
  in_tok, out_tok, cache_r, cache_w, reason, cost`

export type StepRecord = readonly [
  sid: SpanId,
  parent: SpanId | null,
  name: number,
  summary: string | null,
  type: number,
  model: number | null,
  tool: number | null,
  startUs: number,
  durationUs: number | null,
  timeToFirstUs: number | null,
  status: number,
  error: string | null,
  attempt: number,
  inputTokens: number | null,
  outputTokens: number | null,
  cacheReadTokens: number | null,
  cacheWriteTokens: number | null,
  reasoningTokens: number | null,
  costNanoUsd: number | null,
]

export function decodeStep(row: StepRecord, dictionary: Dictionary): Step {
  const [spanId, parent, name, summary, type, model, tool, startUs, durationUs, timeToFirstUs, status, error] = row
  const [attempt, input, output, cacheRead, cacheWrite, reasoning, cost] = row.slice(12) as number[]
  return {
    spanId,
    parentId: parent ?? undefined,
    name: dictionary.text(name) ?? '',
    summary: summary ?? undefined,
    type: spanTypes[type]!,
    model: dictionary.text(model),
    toolName: dictionary.text(tool),
    startUs,
    durationUs: durationUs ?? undefined,
    timeToFirstUs: timeToFirstUs ?? undefined,
    status: spanStatuses[status]!,
    error: error ?? undefined,
    attempt: attempt!,
    inputTokens: input ?? undefined,
    outputTokens: output ?? undefined,
    cacheReadTokens: cacheRead ?? undefined,
    cacheWriteTokens: cacheWrite ?? undefined,
    reasoningTokens: reasoning ?? undefined,
    costNanoUsd: cost ?? undefined,
  }
}

/** What `decodeNarrowSpan` reads, of `span`: the step first. */
export const spanColumns = `${stepColumns}, kind, origin, declared_attempt, context, resource, source, detail`

export type SpanRecord = readonly [
  ...StepRecord,
  kind: number,
  origin: number,
  declaredAttempt: number | null,
  /** `trace_context.n` */
  context: number | null,
  resource: number | null,
  source: number | null,
  /** The entry that holds the rest. */
  detail: number,
]

export interface SpanParts {
  readonly step: Step
  readonly narrow: NarrowSpan
  readonly context: number | null
  readonly resource: number | null
  readonly source: number | null
  readonly detail: number
}

export function decodeSpan(row: SpanRecord, traceId: TraceId, dictionary: Dictionary): SpanParts {
  const step = decodeStep(row as unknown as StepRecord, dictionary)
  const [kind, origin, declaredAttempt, context, resource, source, detail] = row.slice(stepLength) as SpanTail
  const narrow: NarrowSpan = {
    traceId,
    spanId: step.spanId,
    ...(step.parentId !== undefined && { parentId: step.parentId }),
    name: step.name,
    type: step.type,
    kind: spanKinds[kind]!,
    status: step.status,
    startUs: step.startUs,
    ...(step.durationUs !== undefined && { endUs: step.startUs + step.durationUs }),
    origin: origin === 1 ? 'log' : 'span',
    ...(declaredAttempt !== null && { declaredAttempt }),
  }
  return { step, narrow, context, resource, source, detail }
}

const stepLength = 19

type SpanTail = [number, number, number | null, number | null, number | null, number | null, number]
