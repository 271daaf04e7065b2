import type { SpanId, TraceId } from '../ids/ids.ts'
import type { SpanStatus, SpanType } from '../span/span.ts'

export const traceStatuses = ['running', 'success', 'warning', 'failed', 'interrupted'] as const
/** What a person wants to know of a trace; see `trace-status.ts`. The order is the order of storage: append only. */
export type TraceStatus = (typeof traceStatuses)[number]

export const finishedStatuses: readonly TraceStatus[] = ['success', 'warning', 'failed', 'interrupted']

/** Sums over the counted model calls of a trace, a session or a time bucket (`count-once.ts`). */
export interface CallTotals {
  readonly llmCalls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
  readonly reasoningTokens: number
  readonly costNanoUsd: number
  /** Counted calls whose cost is unknown: above 0, the cost is partial. */
  readonly unpricedCalls: number
}

/** What the spans of a trace amount to. `summarizeTrace` is its definition. */
export interface TraceSummary extends CallTotals {
  readonly traceId: TraceId
  readonly name: string
  readonly status: TraceStatus
  /** The earliest start of its spans. */
  readonly startUs: number
  /** The latest end of its spans; absent while it runs. */
  readonly endUs?: number
  readonly environment?: string
  readonly service?: string
  /** The model of the first counted call, an llm call before an embedding. */
  readonly model?: string
  readonly provider?: string
  /** Models of all counted calls, in order of first use; the first `maxModels`. */
  readonly models: readonly string[]
  readonly spanCount: number
  readonly openSpans: number
  readonly toolCalls: number
  readonly errorCount: number
  readonly retryCount: number
  /** The error of the root, else of the failed span that ended last; at most 500 characters. */
  readonly failureReason?: string
  readonly sessionId?: string
  readonly userId?: string
  readonly tags: readonly string[]
  /** What was asked and answered, as text, whole. */
  readonly prompt?: string
  readonly response?: string
}

/** A span as a row of a tree or a table: narrow, no bodies. */
export interface Step {
  readonly spanId: SpanId
  readonly parentId?: SpanId
  readonly name: string
  /** What was done, at most 120 characters; see `span-summary.ts`. */
  readonly summary?: string
  readonly type: SpanType
  readonly model?: string
  readonly toolName?: string
  readonly startUs: number
  /** Absent while the span is open. */
  readonly durationUs?: number
  readonly timeToFirstUs?: number
  readonly status: SpanStatus
  /** The error's text, at most 500 characters. */
  readonly error?: string
  /** 1 for the first try; more for a retry (`infer-retries.ts`). */
  readonly attempt: number
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  readonly reasoningTokens?: number
  /** The call's own cost; absent when unknown or not a model call. */
  readonly costNanoUsd?: number
}
