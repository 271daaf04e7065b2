import type { LogEvent, Span } from '@tracellm/core'
import { canonicalJson } from '../bodies/index.ts'
import { eventWithinBounds, spanWithinBounds } from '../derive/within-bounds.ts'

/** A copy as it would come back from a disk: texts well-formed, nothing undefined, nothing shared with the sender. */
export function spanAsStored(span: Span, environment: string | undefined): Span {
  const context = environment === undefined ? span.context : { ...span.context, environment }
  return JSON.parse(canonicalJson({ ...spanWithinBounds(span), context } as never)) as Span
}

export function eventAsStored(event: LogEvent, environment: string | undefined): LogEvent {
  return JSON.parse(
    canonicalJson({ ...eventWithinBounds(event), ...(environment && { environment }) } as never),
  ) as LogEvent
}
