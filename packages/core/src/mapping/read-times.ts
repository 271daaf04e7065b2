import type { DecodedSpan } from '../otlp/span-request.ts'
import type { Span } from '../span/span.ts'

export type Times = Pick<Span, 'startUs' | 'endUs' | 'timeFault'>

/**
 * When a span began and ended. A start that was not sent is when the span came; an end before the start is the start.
 * Both are marked. A span without an end is open.
 */
export function readTimes({ startUs, endUs }: Pick<DecodedSpan, 'startUs' | 'endUs'>, receivedUs: number): Times {
  const start = startUs ?? receivedUs
  const end = endUs === undefined ? undefined : Math.max(start, endUs)
  const fault = startUs === undefined ? 'no-start' : end !== endUs ? 'end-before-start' : undefined
  return { startUs: start, endUs: end, timeFault: fault }
}
