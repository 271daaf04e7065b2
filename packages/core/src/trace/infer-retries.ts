import type { SpanId } from '../ids/ids.ts'
import type { Span } from '../span/span.ts'
import { byStart } from './span-order.ts'

/** What of a span tells whether it tries again. */
export type TriedSpan = Pick<
  Span,
  'spanId' | 'parentId' | 'type' | 'status' | 'startUs' | 'endUs' | 'call' | 'tool' | 'declaredAttempt'
>

/**
 * The attempt that each span of a trace is: 1 for a first try, more for a retry.
 *
 * A span tries again when, of the siblings with its `retryKey`, the last to end before it began had failed; it is then
 * one attempt further. So a success in between starts anew, and of failures side by side each retry has one before it.
 *
 * ```
 * first    |---x              attempt 1
 * second         |---x        attempt 2
 * beside       |--------x     attempt 2: `second` had not ended
 * third                   |-- attempt 3: `beside` ended last
 * ```
 * - A span that begins at the very instant another ends begins after it. Of zero-length spans at one instant, and of
 *   several that ended at one instant, the later in start order (start, then id) is the later.
 * - An open span has not ended, so it is nobody's earlier try; it may itself be a retry.
 * - A declared attempt is believed as it is, 1 included, and what follows counts on from it.
 */
export function inferAttempts(spans: readonly TriedSpan[]): ReadonlyMap<SpanId, number> {
  const attempts = new Map(spans.map((span) => [span.spanId, span.declaredAttempt ?? 1]))
  const chains = Map.groupBy(spans.toSorted(byStart), retryKey)
  for (const [key, chain] of chains) if (key !== undefined) countAttempts(chain, attempts)
  return attempts
}

/**
 * What two spans have in common when one may be a retry of the other: parent (by id, come or not), type, and tool or
 * model. The model is the one asked for, since a failed call has no answer that names one.
 * @returns `undefined` for a span with neither tool nor model: it is a retry only if it says so.
 */
export function retryKey(span: Pick<Span, 'parentId' | 'type' | 'call' | 'tool'>): string | undefined {
  const model = span.call?.requestModel ?? span.call?.responseModel
  const tool = span.tool?.name
  const what = span.type === 'tool' ? (tool ?? model) : (model ?? tool)
  return what === undefined ? undefined : `${span.parentId ?? ''} ${span.type} ${what}`
}

/** `chain` is in start order. */
function countAttempts(chain: readonly TriedSpan[], attempts: Map<SpanId, number>): void {
  const ended = chain
    .flatMap((span, order) => (span.endUs === undefined ? [] : [{ span, order, endUs: endOf(span) }]))
    .toSorted((one, other) => one.endUs - other.endUs || one.order - other.order)

  let seen = 0
  for (const [order, span] of chain.entries()) {
    const began = (earlier: { endUs: number; order: number }): boolean =>
      earlier.endUs < span.startUs || (earlier.endUs === span.startUs && earlier.order < order)
    while (seen < ended.length && began(ended[seen]!)) seen++
    const before = ended[seen - 1]?.span
    if (span.declaredAttempt === undefined && before?.status === 'error') {
      attempts.set(span.spanId, attempts.get(before.spanId)! + 1)
    }
  }
}

function endOf(span: TriedSpan): number {
  return Math.max(span.startUs, span.endUs!)
}
