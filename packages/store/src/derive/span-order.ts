import { byStart } from '@tracellm/core'
import type { SpanFacts } from './span-facts.ts'

/** In start order. */
export function startsFirst(one: SpanFacts, other: SpanFacts): boolean {
  return byStart(one, other) < 0
}

/** By end, then in start order, the last first; what is open ends after all that have ended. */
export function endsLast(one: SpanFacts, other: SpanFacts): boolean {
  const oneUs = one.endUs ?? Number.MAX_SAFE_INTEGER
  const otherUs = other.endUs ?? Number.MAX_SAFE_INTEGER
  return oneUs === otherUs ? byStart(one, other) > 0 : oneUs > otherUs
}
