import type { CallNest } from './call-nest.ts'
import { Extreme, type Order } from './extreme.ts'
import type { SpanFacts } from './span-facts.ts'
import { endsLast, startsFirst } from './span-order.ts'

/** Of all spans, the one that started first. */
export const firstStarted: Order<SpanFacts> = { precedes: startsFirst, applies: () => true }
const firstParentless: Order<SpanFacts> = { precedes: startsFirst, applies: (span) => span.parentId === undefined }

/**
 * The root of a trace, kept while spans come and go in any order: the first span without a parent, else the first whose
 * parent is not there, else the one that stands for the root of a tangle. And whether the last of its children failed.
 */
export class TraceRoot {
  readonly #nest: CallNest
  readonly #parentless = new Extreme(firstParentless)
  readonly #orphans = new Set<SpanFacts>()
  readonly #firstOrphan = new Extreme(firstStarted)
  #rootOfTangle: SpanFacts | undefined
  #lastChild: { readonly root: SpanFacts; span: SpanFacts | undefined } | undefined

  /** @param nest knows of a span that comes or goes before this does */
  constructor(nest: CallNest) {
    this.#nest = nest
  }

  add(span: SpanFacts): void {
    this.#noteChild(span)
    for (const child of this.#nest.childrenOf(span.spanId)) {
      this.#orphans.delete(child)
      this.#firstOrphan.remove(child)
    }
    this.#noteOrphan(span)
    this.#parentless.add(span)
  }

  remove(span: SpanFacts): void {
    this.#forgetChild(span)
    for (const child of this.#nest.childrenOf(span.spanId)) this.#noteOrphan(child)
    this.#orphans.delete(span)
    this.#firstOrphan.remove(span)
    this.#parentless.remove(span)
  }

  replace(span: SpanFacts, successor: SpanFacts): void {
    this.#forgetChild(span)
    this.#noteChild(successor)
    if (this.#orphans.delete(span)) {
      if (span.parentId === successor.parentId) {
        this.#orphans.add(successor)
        this.#firstOrphan.replace(span, successor)
      } else this.#firstOrphan.remove(span)
    }
    if (span.parentId !== successor.parentId) this.#noteOrphan(successor)
    this.#parentless.replace(span, successor)
  }

  /** A tangled trace was counted anew: what stands for its root now. */
  settleTangle(rootOfTangle: SpanFacts | undefined): void {
    this.#rootOfTangle = rootOfTangle
    this.#lastChild = undefined
  }

  /** @param all where to look when a root has gone; at least one span */
  find(all: () => Iterable<SpanFacts>): SpanFacts {
    const parentless = this.#parentless.get(all)
    if (parentless !== undefined) return parentless
    return this.#nest.isTangled ? this.#rootOfTangle! : this.#firstOrphan.get(() => this.#orphans)!
  }

  /** Of the root's direct children, the last to end; what is open ends after all that have ended. */
  lastChildFailed(root: SpanFacts): boolean {
    if (this.#lastChild?.root !== root) {
      let last: SpanFacts | undefined
      for (const child of this.#nest.childrenOf(root.spanId)) {
        if (child !== root && (last === undefined || endsLast(child, last))) last = child
      }
      this.#lastChild = { root, span: last }
    }
    return this.#lastChild.span?.status === 'error'
  }

  #noteOrphan(span: SpanFacts): void {
    if (span.parentId === undefined || this.#nest.has(span.parentId)) return
    this.#orphans.add(span)
    this.#firstOrphan.add(span)
  }

  #noteChild(span: SpanFacts): void {
    const known = this.#lastChild
    if (known?.root.spanId === span.parentId && (known?.span === undefined || endsLast(span, known.span))) {
      this.#lastChild = known && { root: known.root, span }
    }
  }

  #forgetChild(span: SpanFacts): void {
    if (this.#lastChild?.span === span || this.#lastChild?.root === span) this.#lastChild = undefined
  }
}
