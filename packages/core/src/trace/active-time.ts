import type { Tree, TreeItem } from './build-tree.ts'

/**
 * Wall time in which at least one span without children was open, in microseconds: how long something was really
 * going on, the waiting between the steps left out.
 *
 * ```
 * root     |------------------------------|    has children: does not count
 * llm         |------|                         counts
 * tool             |----|                      counts from the end of `llm`
 * llm                        |----|            counts
 * ```
 * An open span was open up to the last instant that any span of the trace tells of.
 */
export function activeTimeUs(tree: Tree<TreeItem & { readonly endUs?: number }>): number {
  let lastUs = 0
  for (const span of tree.items) lastUs = Math.max(lastUs, span.endUs ?? span.startUs)

  let activeUs = 0
  let coveredUntilUs = 0
  for (const [row, span] of tree.items.entries()) {
    if (tree.children[row]!.length > 0) continue
    const fromUs = Math.max(span.startUs, coveredUntilUs)
    const untilUs = span.endUs ?? lastUs
    if (untilUs <= fromUs) continue
    activeUs += untilUs - fromUs
    coveredUntilUs = untilUs
  }
  return activeUs
}
