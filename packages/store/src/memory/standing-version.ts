import type { Span } from '@tracellm/core'
import { canonicalJson, digestOf } from '../bodies/index.ts'

/** Which of two versions of a span stands: the first rule of `SpanSink.write` that tells them apart. */
export function standingVersion(one: Span, other: Span): Span {
  const text = canonicalJson(one as never)
  const otherText = canonicalJson(other as never)
  if (text === otherText) return one
  const ranks = [rankOf(one, text), rankOf(other, otherText)] as const
  const at = ranks[0].findIndex((rank, place) => rank !== ranks[1][place])
  return ranks[0][at]! > ranks[1][at]! ? one : other
}

/** Ended or not, end, attributes (those the mapping used up included), content. */
function rankOf(span: Span, text: string): readonly number[] {
  const attributes = Object.keys(span.attributes).length + span.source.usedKeys.length
  return [span.endUs === undefined ? 0 : 1, span.endUs ?? 0, attributes, digestOf(text)]
}
