import type { SpanStatus } from '../span/span.ts'
import type { TraceStatus } from './trace.ts'

/** What the store knows of a trace beyond its spans. Its sweep finds it out; reading never does. */
export interface TraceLifecycle {
  /** A span is open and the process that would end it is gone, or silent for too long. */
  readonly processGone: boolean
  /** No root has come, and nothing at all for too long. */
  readonly rootOverdue: boolean
}

/** A trace that no idle rule has ended. */
export const livingTrace: TraceLifecycle = { processGone: false, rootOverdue: false }

/** What a trace's status follows from. The root is the span that stands for it, where none has come. */
export interface StatusFacts {
  readonly openSpans: number
  readonly hasRoot: boolean
  readonly rootStatus: SpanStatus
  /** Of the root's direct children the last to end failed. */
  readonly lastChildFailed: boolean
  readonly failedSpans: number
  readonly retries: number
  /** Counted calls whose answer was cut by length or by a content filter. */
  readonly cutAnswers: number
  readonly declaredStatus?: 'success' | 'warning' | 'failed' | undefined
  readonly lifecycle: TraceLifecycle
}

/**
 * What a person wants to know of a trace; the first rule that holds.
 *
 * A declared status wins over what its spans would say, once none of them is open. An unset root leaves it to its
 * children: the step that came last decides, so that a failure which was tried again is only a warning.
 */
export function traceStatus(facts: StatusFacts): TraceStatus {
  const { openSpans, lifecycle } = facts
  if (openSpans > 0) return lifecycle.processGone ? 'interrupted' : 'running'
  if (facts.declaredStatus !== undefined) return facts.declaredStatus
  if (!facts.hasRoot && !lifecycle.rootOverdue) return 'running'

  const failed = facts.rootStatus === 'error' || (facts.rootStatus === 'unset' && facts.lastChildFailed)
  if (failed) return 'failed'
  return facts.failedSpans > 0 || facts.retries > 0 || facts.cutAnswers > 0 ? 'warning' : 'success'
}

/** Whether an answer ended by length or by a content filter, in any of its choices. */
export function isAnswerCut(finishReasons: readonly string[] | undefined): boolean {
  return finishReasons?.some((reason) => reason === 'length' || reason === 'content_filter') ?? false
}
