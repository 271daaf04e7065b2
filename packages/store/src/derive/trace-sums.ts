import { saturated, type CallTotals } from '@tracellm/core'
import { countedBit, type CountedBits, type SpanFacts } from './span-facts.ts'

interface Sums extends CallTotals {
  openSpans: number
  toolCalls: number
  errorCount: number
  retryCount: number
  /** Counted calls whose answers were cut off. */
  cutAnswers: number
}

/** What the spans of a trace add up to; each figure goes up and down as they come and go. */
export type TraceSums = { -readonly [Figure in keyof Sums]: number }

export function noSums(): TraceSums {
  return {
    openSpans: 0,
    toolCalls: 0,
    errorCount: 0,
    retryCount: 0,
    cutAnswers: 0,
    llmCalls: 0,
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: 0,
    unpricedCalls: 0,
  }
}

/** Adds what every span counts for, or takes it away. */
export function addFigures(sums: TraceSums, facts: SpanFacts, sign: 1 | -1): void {
  if (facts.endUs === undefined) sums.openSpans += sign
  if (facts.type === 'tool') sums.toolCalls += sign
  if (facts.status === 'error') sums.errorCount += sign
}

/** Adds what counts of a call, or takes it away. */
export function addCounted(sums: TraceSums, facts: SpanFacts, counted: CountedBits, sign: 1 | -1): void {
  if ((counted & countedBit.call) !== 0) {
    sums.llmCalls += sign
    if (facts.answerCut) sums.cutAnswers += sign
  }
  if ((counted & countedBit.usage) !== 0) {
    sums.inputTokens += sign * (facts.inputTokens ?? 0)
    sums.outputTokens += sign * (facts.outputTokens ?? 0)
    sums.cacheReadTokens += sign * (facts.cacheReadTokens ?? 0)
    sums.cacheWriteTokens += sign * (facts.cacheWriteTokens ?? 0)
    sums.reasoningTokens += sign * (facts.reasoningTokens ?? 0)
  }
  if ((counted & countedBit.cost) !== 0) sums.costNanoUsd += sign * (facts.costNanoUsd ?? 0)
  if ((counted & countedBit.unpriced) !== 0) sums.unpricedCalls += sign
}

/** Those that a trace row holds; the ones that may pass what it can hold end there. */
export function figuresOf({ cutAnswers: _, ...sums }: TraceSums): Omit<Sums, 'cutAnswers'> {
  return {
    ...sums,
    inputTokens: saturated(sums.inputTokens),
    outputTokens: saturated(sums.outputTokens),
    cacheReadTokens: saturated(sums.cacheReadTokens),
    cacheWriteTokens: saturated(sums.cacheWriteTokens),
    reasoningTokens: saturated(sums.reasoningTokens),
    costNanoUsd: saturated(sums.costNanoUsd),
  }
}
