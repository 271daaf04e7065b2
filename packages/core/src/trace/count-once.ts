import type { Span, SpanType } from '../span/span.ts'
import { hasUsage } from '../span/usage.ts'
import type { Tree, TreeItem } from './build-tree.ts'

/** Which figures of a span go into sums. */
export interface Counted {
  /** It is a call that was really asked of a model. */
  readonly call: boolean
  /** Its tokens are summed. */
  readonly usage: boolean
  /** Its cost is summed. */
  readonly cost: boolean
  /** It is a counted call, or has counted tokens, whose cost nobody knows: with it a sum of costs is partial. */
  readonly unpriced: boolean
}

export const countedNothing: Counted = { call: false, usage: false, cost: false, unpriced: false }

/** What a span tells of a model call, whether or not it counts. A narrow row knows as much. */
export interface CallFigures {
  readonly type: SpanType
  readonly failed: boolean
  readonly hasUsage: boolean
  readonly hasCost: boolean
}

/** Spans of these types are model calls; agents, chains and steps carry roll-ups, which are shown and never added. */
export function isCallType(type: SpanType): boolean {
  return type === 'llm' || type === 'embedding' || type === 'reranker'
}

/**
 * What counts, for each span of the tree, in its order.
 *
 * One call is often traced more than once, a wrapper around the client's own span. Of calls nested in each other only
 * the innermost is one; its tokens are those of the innermost that has usage, its cost that of the innermost that has
 * a cost. The three may be told by different spans of a nest, and none of them twice. Below a tool or an agent other
 * work begins, which is no part of the call above.
 *
 * ```
 * llm  usage, cost        counts nothing: both are below         llm  usage         counts: a tool is between
 *   chain                                                          tool
 *     llm  usage          counts as call and usage                   agent
 *     llm  cost           counts as call and cost                      llm  usage   counts
 * ```
 * A call whose figures only its wrapper has is unpriced all the same: nothing says that they are all of it. One that
 * failed without usage is not, since as a rule it is not billed.
 */
export function countOnce(tree: Tree<TreeItem & Pick<Span, 'type' | 'status' | 'call'>>): readonly Counted[] {
  const below: Counted[] = tree.items.map(() => countedNothing)
  const counted: Counted[] = tree.items.map(() => countedNothing)
  for (const row of tree.depthFirst.toReversed()) {
    const figures = callFiguresOf(tree.items[row]!)
    counted[row] = countFigures(figures, below[row]!)
    const parent = tree.parents[row]!
    if (parent !== -1) below[parent] = union(below[parent]!, seenFromAbove(figures.type, counted[row], below[row]!))
  }
  return counted
}

export function callFiguresOf(span: Pick<Span, 'type' | 'status' | 'call'>): CallFigures {
  return {
    type: span.type,
    failed: span.status === 'error',
    hasUsage: hasUsage(span.call?.usage),
    hasCost: span.call?.cost !== undefined,
  }
}

/** What counts of one span, given what counts below it with no tool or agent between. */
export function countFigures(figures: CallFigures, below: Counted): Counted {
  if (!isCallType(figures.type)) return countedNothing
  const call = !below.call
  const usage = figures.hasUsage && !below.usage
  return {
    call,
    usage,
    cost: figures.hasCost && !below.cost,
    unpriced: !figures.hasCost && !below.cost && !below.unpriced && (usage || (call && !figures.failed)),
  }
}

/** What a parent sees below it through one of its children: what counts there, unless the child is a tool or an agent. */
export function seenFromAbove(type: SpanType, counted: Counted, below: Counted): Counted {
  return type === 'tool' || type === 'agent' ? countedNothing : union(counted, below)
}

function union(one: Counted, other: Counted): Counted {
  return {
    call: one.call || other.call,
    usage: one.usage || other.usage,
    cost: one.cost || other.cost,
    unpriced: one.unpriced || other.unpriced,
  }
}
