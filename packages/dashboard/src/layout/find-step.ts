import type { StepJson } from '@tracellm/core/wire'
import type { StepTree } from './step-tree.ts'

/**
 * The next step that holds, in the order of the tree, after `from` or from the start; backwards with `by` -1. It goes on
 * at the other end, so that one comes round; `undefined` when no step holds.
 */
export function findStep(
  { tree }: StepTree,
  from: string | undefined,
  by: 1 | -1,
  holds: (step: StepJson) => boolean,
): string | undefined {
  const order = by === 1 ? tree.depthFirst : tree.depthFirst.toReversed()
  const start = order.findIndex((place) => tree.items[place]!.spanId === from)
  const around = [...order.slice(start + 1), ...order.slice(0, start + 1)]
  const found = around.find((place) => holds(tree.items[place]!.step))
  return found === undefined ? undefined : tree.items[found]!.spanId
}

/** The steps above one, the nearest first. */
export function stepsAbove({ tree }: StepTree, spanId: string): string[] {
  const above: string[] = []
  let place = tree.items.findIndex((item) => item.spanId === spanId)
  while (place !== -1) {
    place = tree.parents[place]!
    if (place !== -1) above.push(tree.items[place]!.spanId)
  }
  return above
}
