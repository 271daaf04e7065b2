import { buildTree, countOnce, type SpanId } from '@tracellm/core'
import { bitsOfCounted, countOf, seenOf, type CountedBits, type SpanFacts } from './span-facts.ts'

/** A place in the tree: of a span that is there, or of one that others name as their parent. */
interface Place {
  span: SpanFacts | undefined
  counted: CountedBits
  /** How many of the children show each of the four bits; absent while none ever did. */
  showing: [number, number, number, number] | undefined
  children: Set<SpanFacts> | undefined
}

/**
 * What counts of each span of a trace: `countOnce` of core, kept while spans come and go in any order.
 *
 * A place sums up what its children show, whether its own span has come or not. A span that comes shows its parent what
 * counts of it and below it; a parent whose view changes by that counts otherwise, and tells its own parent. A view
 * turns only a few times, so a span costs the same however many there are.
 *
 * Spans that are each other's ancestors are no tree: once there are any, the trace is tangled for good, and has to be
 * counted anew after every change.
 */
export class CallNest {
  readonly #places = new Map<SpanId, Place>()
  readonly #tell: (span: SpanFacts, counted: CountedBits) => void
  #isTangled = false

  /** @param tell hears what counts of a span when it comes, and when that changes */
  constructor(tell: (span: SpanFacts, counted: CountedBits) => void) {
    this.#tell = tell
  }

  add(span: SpanFacts): void {
    const place = this.#placeOf(span.spanId)
    place.span = span
    this.#count(place, span)
    if (span.parentId === undefined) return
    this.#isTangled ||= this.#closesCircle(span)
    const parent = this.#placeOf(span.parentId)
    parent.children ??= new Set()
    parent.children.add(span)
    if (!this.#isTangled) this.#show(span.parentId, 0, seenOf(span.type, place.counted, viewOf(place)))
  }

  remove(span: SpanFacts): void {
    const place = this.#places.get(span.spanId)!
    place.span = undefined
    if (span.parentId !== undefined) {
      this.#placeOf(span.parentId).children!.delete(span)
      if (!this.#isTangled) this.#show(span.parentId, seenOf(span.type, place.counted, viewOf(place)), 0)
    }
  }

  childrenOf(spanId: SpanId): Iterable<SpanFacts> {
    return this.#places.get(spanId)?.children ?? []
  }

  has(spanId: SpanId): boolean {
    return this.#places.get(spanId)?.span !== undefined
  }

  /** Whether there are spans that are each other's ancestors. */
  get isTangled(): boolean {
    return this.#isTangled
  }

  /** Counts a tangled trace. @returns the span that stands for its root. */
  recount(spans: readonly SpanFacts[]): SpanFacts | undefined {
    const tree = buildTree(spans.map(asCall))
    for (const [row, counted] of countOnce(tree).entries()) {
      const place = this.#places.get(tree.items[row]!.spanId)!
      place.counted = bitsOfCounted(counted)
      this.#tell(place.span!, place.counted)
    }
    return tree.root === -1 ? undefined : this.#places.get(tree.items[tree.root]!.spanId)!.span
  }

  #placeOf(spanId: SpanId): Place {
    const known = this.#places.get(spanId)
    if (known !== undefined) return known
    const place: Place = { span: undefined, counted: 0, showing: undefined, children: undefined }
    this.#places.set(spanId, place)
    return place
  }

  #count(place: Place, span: SpanFacts): void {
    place.counted = countOf(span, viewOf(place))
    this.#tell(span, place.counted)
  }

  /** A child shows otherwise than before; goes up as long as that changes what a parent shows. */
  #show(parentId: SpanId, before: CountedBits, after: CountedBits): void {
    let id: SpanId | undefined = parentId
    while (id !== undefined && before !== after) {
      const place = this.#placeOf(id)
      const span: SpanFacts | undefined = place.span
      const viewBefore = viewOf(place)
      place.showing ??= [0, 0, 0, 0]
      for (let bit = 0; bit < 4; bit++) place.showing[bit]! += ((after >> bit) & 1) - ((before >> bit) & 1)
      const view = viewOf(place)
      if (span === undefined || view === viewBefore) return
      before = seenOf(span.type, place.counted, viewBefore)
      this.#count(place, span)
      after = seenOf(span.type, place.counted, view)
      id = span.parentId
    }
  }

  /** Only a span whose children are there already can close a circle. */
  #closesCircle(span: SpanFacts): boolean {
    if (span.parentId === span.spanId) return true
    if (!this.#places.get(span.spanId)?.children?.size) return false
    let ancestor = this.#places.get(span.parentId!)?.span
    while (ancestor !== undefined && ancestor.spanId !== span.spanId) {
      ancestor = ancestor.parentId === undefined ? undefined : this.#places.get(ancestor.parentId)?.span
    }
    return ancestor !== undefined
  }
}

function viewOf({ showing }: Place): CountedBits {
  if (showing === undefined) return 0
  return (showing[0] > 0 ? 1 : 0) | (showing[1] > 0 ? 2 : 0) | (showing[2] > 0 ? 4 : 0) | (showing[3] > 0 ? 8 : 0)
}

function asCall(span: SpanFacts): Parameters<typeof countOnce>[0]['items'][number] & { spanId: SpanId } {
  const { spanId, parentId, startUs, type, status, inputTokens, outputTokens, costNanoUsd } = span
  const cost = costNanoUsd === undefined ? undefined : { nanoUsd: costNanoUsd, source: 'reported' as const }
  return { spanId, parentId, startUs, type, status, call: { usage: { inputTokens, outputTokens }, cost } }
}
