import { cutText } from '../span/content-text.ts'
import { spanSummary } from '../span/span-summary.ts'
import { isOpen, modelOf, type Span, type SpanError } from '../span/span.ts'
import type { Step } from './trace.ts'

/** An error's text as lists show it is cut to this many characters. */
export const maxErrorCharacters = 500

/** A span as a row. `attempt` is what `inferAttempts` says of it. */
export function stepOf(span: Span, attempt: number): Step {
  const usage = span.call?.usage
  const error = span.status === 'error' ? errorText(span.error) : undefined
  return {
    spanId: span.spanId,
    parentId: span.parentId,
    name: span.name,
    summary: spanSummary(span),
    type: span.type,
    model: modelOf(span),
    toolName: span.tool?.name,
    startUs: span.startUs,
    durationUs: durationUs(span),
    timeToFirstUs: span.call?.timeToFirstUs,
    status: span.status,
    error: error === undefined ? undefined : cutText(error, maxErrorCharacters),
    attempt,
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    cacheReadTokens: usage?.cacheReadTokens,
    cacheWriteTokens: usage?.cacheWriteTokens,
    reasoningTokens: usage?.reasoningTokens,
    costNanoUsd: span.call?.cost?.nanoUsd,
  }
}

/** What went wrong, in words: the message, else the type. */
export function errorText(error: SpanError | undefined): string | undefined {
  return error?.message || error?.type || undefined
}

/** @returns `undefined` while the span is open. */
export function durationUs(span: Pick<Span, 'startUs' | 'endUs'>): number | undefined {
  return isOpen(span) ? undefined : Math.max(0, span.endUs! - span.startUs)
}
