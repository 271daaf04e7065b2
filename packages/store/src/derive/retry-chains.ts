import { byStart, inferAttempts, retryKey, type SpanId, type TriedSpan } from '@tracellm/core'
import type { SpanFacts } from './span-facts.ts'

/** Siblings that may be each other's retries. */
interface Chain {
  readonly spans: Set<SpanFacts>
  failed: number
  /** The latest start. Not lowered when a span goes: too late a start only makes us look again once too often. */
  maxStartUs: number
  /** Those that have ended, by end, then in start order; kept from the first failure on. */
  ended: SpanFacts[] | undefined
  isStale: boolean
}

/**
 * The attempts of the spans of a trace, as `inferAttempts` of core tells them, kept while spans come and go.
 *
 * Where nothing has failed nothing is a retry. Otherwise a span that ends after all its siblings began changes no
 * other's attempt, and its own follows from one look at who ended before it began; that is how spans arrive. What comes
 * out of this order has its whole chain counted again.
 */
export class RetryChains {
  readonly #chains = new Map<string, Chain>()
  readonly #stale = new Set<Chain>()
  readonly #attemptOf: (spanId: SpanId) => number

  /** @param attemptOf the attempt that was told last of a span */
  constructor(attemptOf: (spanId: SpanId) => number) {
    this.#attemptOf = attemptOf
  }

  /** @returns the span's attempt, which `recount` may still correct. */
  add(span: SpanFacts): number {
    const declared = span.declaredAttempt ?? 1
    const key = keyOf(span)
    if (key === undefined) return declared
    const chain = this.#chainOf(key)
    const attempt = chain.failed === 0 || chain.isStale ? declared : this.#attemptIn(chain, span)
    chain.spans.add(span)
    this.#noteFailure(chain, span, 1)
    // A failure, or what comes out of order where something has failed, may change what follows it.
    if (chain.failed > 0 && (chain.ended === undefined || !isLast(chain, span))) this.#age(chain)
    if (chain.ended !== undefined) insertEnded(chain.ended, span)
    chain.maxStartUs = Math.max(chain.maxStartUs, span.startUs)
    return attempt
  }

  remove(span: SpanFacts): void {
    const key = keyOf(span)
    if (key === undefined) return
    const chain = this.#chainOf(key)
    if (chain.failed > 0 && span.endUs !== undefined) this.#age(chain)
    chain.spans.delete(span)
    this.#noteFailure(chain, span, -1)
    if (chain.ended !== undefined && span.endUs !== undefined)
      chain.ended.splice(placeOf(chain.ended, endOf(span), span), 1)
    if (chain.spans.size === 0) {
      this.#chains.delete(key)
      this.#stale.delete(chain)
    }
  }

  /** Tells the attempts of all spans whose chain has to be counted again. */
  recount(tell: (spanId: SpanId, attempt: number) => void): void {
    for (const chain of this.#stale) {
      chain.isStale = false
      const spans = [...chain.spans]
      for (const [spanId, attempt] of inferAttempts(spans.map(asTried))) tell(spanId, attempt)
      chain.ended = chain.failed === 0 ? undefined : spans.filter((span) => span.endUs !== undefined).toSorted(byEnd)
    }
    this.#stale.clear()
  }

  #chainOf(key: string): Chain {
    const known = this.#chains.get(key)
    if (known !== undefined) return known
    const chain: Chain = { spans: new Set(), failed: 0, maxStartUs: -1, ended: undefined, isStale: false }
    this.#chains.set(key, chain)
    return chain
  }

  #noteFailure(chain: Chain, span: SpanFacts, sign: 1 | -1): void {
    if (span.status === 'error') chain.failed += sign
  }

  #age(chain: Chain): void {
    chain.isStale = true
    this.#stale.add(chain)
  }

  #attemptIn(chain: Chain, span: SpanFacts): number {
    if (span.declaredAttempt !== undefined) return span.declaredAttempt
    const before = chain.ended?.[placeOf(chain.ended, span.startUs, span) - 1]
    return before?.status === 'error' ? this.#attemptOf(before.spanId) + 1 : 1
  }
}

/** Whether no sibling begins when the span has ended, so that it is nobody's earlier try. */
function isLast(chain: Chain, span: SpanFacts): boolean {
  return span.endUs === undefined || endOf(span) > chain.maxStartUs
}

function insertEnded(ended: SpanFacts[], span: SpanFacts): void {
  if (span.endUs !== undefined) ended.splice(placeOf(ended, endOf(span), span), 0, span)
}

/** How many of those that have ended did so before an instant; of those ending at it, the ones earlier in start order. */
function placeOf(ended: readonly SpanFacts[], atUs: number, span: SpanFacts): number {
  let low = 0
  let high = ended.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = ended[middle]!
    const isBefore = endOf(other) < atUs || (endOf(other) === atUs && byStart(other, span) < 0)
    if (isBefore) low = middle + 1
    else high = middle
  }
  return low
}

function byEnd(one: SpanFacts, other: SpanFacts): number {
  return endOf(one) - endOf(other) || byStart(one, other)
}

function endOf(span: SpanFacts): number {
  return Math.max(span.startUs, span.endUs!)
}

function keyOf(span: SpanFacts): string | undefined {
  const { parentId, type, model, requestModel, toolName } = span
  if (model === undefined && toolName === undefined) return undefined
  return retryKey({ parentId, type, call: { requestModel, responseModel: model }, tool: { name: toolName } })
}

function asTried(span: SpanFacts): TriedSpan {
  const { model, requestModel, toolName } = span
  return { ...span, call: { requestModel, responseModel: model }, tool: { name: toolName } }
}
