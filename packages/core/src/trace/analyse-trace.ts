import type { SpanId } from '../ids/ids.ts'
import type { Span } from '../span/span.ts'
import { buildTree, type Tree } from './build-tree.ts'
import { countOnce, type Counted } from './count-once.ts'
import { inferAttempts } from './infer-retries.ts'

/** A trace's spans with all that their places in it say about them. */
export interface TraceAnalysis {
  readonly tree: Tree<Span>
  /** The root, or the earliest topmost span, which stands for it. */
  readonly root: Span
  /** The root, then the others in start order: the order in which spans are asked what they say about the trace. */
  readonly rootFirst: readonly Span[]
  readonly attempts: ReadonlyMap<SpanId, number>
  /** In the order of the tree's items. */
  readonly counted: readonly Counted[]
}

/**
 * Everything that one span alone cannot tell. Spans made from log records that a real span supersedes are left out
 * before, by the join.
 * @throws RangeError for no spans: a trace has at least one.
 */
export function analyseTrace(spans: readonly Span[]): TraceAnalysis {
  const tree = buildTree(spans)
  const root = tree.items[tree.root]
  if (root === undefined) throw new RangeError('A trace has at least one span')
  return {
    tree,
    root,
    rootFirst: [root, ...tree.items.filter((span) => span !== root)],
    attempts: inferAttempts(tree.items),
    counted: countOnce(tree),
  }
}
