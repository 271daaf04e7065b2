import { maxInstantUs, maxSum, type LogEvent, type ModelCall, type Span } from '@tracellm/core'

/**
 * What comes to a store passes by here, so that no row holds a number that a reader could not read. Whoever takes spans
 * in from outside bounds them more closely; nothing of theirs is changed here.
 */

/** The span itself, or a copy whose times lie from 1970 to 2255 and whose figures are at most `maxSum`. */
export function spanWithinBounds(span: Span): Span {
  const { startUs, endUs, call } = span
  const boundCall = call && callWithinBounds(call)
  const boundStartUs = instantWithinBounds(startUs)
  const boundEndUs = endUs === undefined ? undefined : instantWithinBounds(endUs)
  if (boundStartUs === startUs && boundEndUs === endUs && boundCall === call) return span
  return { ...span, startUs: boundStartUs, endUs: boundEndUs, call: boundCall }
}

/** The same of a log event, with how long the step took that it stands for. */
export function eventWithinBounds(event: LogEvent): LogEvent {
  const { timeUs, call, standsFor } = event
  const durationUs = standsFor?.durationUs
  const bound = {
    timeUs: instantWithinBounds(timeUs),
    call: call && callWithinBounds(call),
    durationUs: durationUs === undefined ? undefined : instantWithinBounds(durationUs),
  }
  if (bound.timeUs === timeUs && bound.call === call && bound.durationUs === durationUs) return event
  return {
    ...event,
    timeUs: bound.timeUs,
    call: bound.call,
    standsFor: standsFor && { ...standsFor, durationUs: bound.durationUs },
  }
}

const tokenFields = ['inputTokens', 'outputTokens', 'cacheReadTokens', 'cacheWriteTokens', 'reasoningTokens'] as const

function callWithinBounds(call: ModelCall): ModelCall {
  const { usage, cost, timeToFirstUs } = call
  const isWithin =
    tokenFields.every((field) => isFigure(usage?.[field])) && isFigure(cost?.nanoUsd) && isFigure(timeToFirstUs)
  if (isWithin) return call
  const tokens = tokenFields.flatMap((field) => {
    const count = usage?.[field]
    return count === undefined ? [] : [[field, figureWithinBounds(count)] as const]
  })
  return {
    ...call,
    usage: usage && { ...usage, ...Object.fromEntries(tokens) },
    cost: cost && { ...cost, nanoUsd: figureWithinBounds(cost.nanoUsd) },
    timeToFirstUs: timeToFirstUs === undefined ? undefined : figureWithinBounds(timeToFirstUs),
  }
}

function isFigure(value: number | undefined): boolean {
  return value === undefined || (value >= 0 && value <= maxSum)
}

function figureWithinBounds(value: number): number {
  return isFigure(value) ? value : clamp(value, maxSum)
}

function instantWithinBounds(us: number): number {
  return clamp(Math.round(us), maxInstantUs)
}

/** What is no number at all becomes 0. */
function clamp(value: number, max: number): number {
  return Number.isNaN(value) ? 0 : Math.min(Math.max(value, 0), max)
}
