import { countOnce, type Counted, type ModelCall, type Tree, type TreeItem } from '@tracellm/core'
import { nanoUsdOf } from '@tracellm/core/format'
import type { StepJson } from '@tracellm/core/wire'

/** What a step cost with all below it; `undefined` where nothing could cost anything. */
export type StepCost = { readonly nanoUsd: number | undefined; readonly isPartial: boolean } | undefined

/**
 * The cost of each step in the tree: what counts of it and of all below it, by the rule that the trace's own sum
 * follows. Where nothing counts a step shows what its sender says of it, which goes into no sum.
 */
export function subtreeCosts(tree: Tree<TreeItem & { readonly step: StepJson }>): StepCost[] {
  const counted = countOnce({ ...tree, items: tree.items.map((item) => ({ ...item, ...callOf(item.step) })) })
  const sums = new Array<StepCost>(tree.items.length)
  for (const place of tree.depthFirst.toReversed()) {
    const own = countedCost(tree.items[place]!.step, counted[place]!)
    sums[place] = tree.children[place]!.map((child) => sums[child]).reduce(add, own)
  }
  return sums.map((sum, place) => sum ?? toldCost(tree.items[place]!.step))
}

/** What `countOnce` asks of a span. */
function callOf({ type, status, input_tokens, output_tokens, cost_usd }: StepJson) {
  const call: ModelCall = {
    usage: {
      ...(input_tokens !== null && { inputTokens: input_tokens }),
      ...(output_tokens !== null && { outputTokens: output_tokens }),
    },
    ...(cost_usd !== null && { cost: { nanoUsd: nanoUsdOf(cost_usd)!, source: 'reported' } }),
  }
  return { type, status, call }
}

function countedCost(step: StepJson, { cost, unpriced }: Counted): StepCost {
  if (!cost && !unpriced) return undefined
  return { nanoUsd: cost ? nanoUsdOf(step.cost_usd) : undefined, isPartial: unpriced }
}

function toldCost({ cost_usd }: StepJson): StepCost {
  return cost_usd === null ? undefined : { nanoUsd: nanoUsdOf(cost_usd), isPartial: false }
}

function add(one: StepCost, other: StepCost): StepCost {
  if (one === undefined || other === undefined) return one ?? other
  const isUnknown = one.nanoUsd === undefined && other.nanoUsd === undefined
  return {
    nanoUsd: isUnknown ? undefined : (one.nanoUsd ?? 0) + (other.nanoUsd ?? 0),
    isPartial: one.isPartial || other.isPartial,
  }
}
