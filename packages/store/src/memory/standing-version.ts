import type { Span } from '@tracellm/core'
import { canonicalJson, shortDigestOf } from '../bodies/index.ts'
import { isSameVersion, standsBefore, type SpanVersion } from '../derive/which-span-stands.ts'

/** Which of two versions of a span stands: `one` itself when they are the same. */
export function standingVersion(one: Span, other: Span): Span {
  const versions = [versionOf(one), versionOf(other)] as const
  return isSameVersion(...versions) || standsBefore(...versions) ? one : other
}

function versionOf(span: Span): SpanVersion {
  const weight = Object.keys(span.attributes).length + span.source.usedKeys.length
  return { endUs: span.endUs, weight, digest: shortDigestOf(canonicalJson(span as never)) }
}
