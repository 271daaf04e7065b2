import { nanoUsdOf } from '@tracellm/core/format'
import type { Tree, TreeItem } from '@tracellm/core'
import type { StepJson } from '@tracellm/core/wire'

/** What a step cost, or what those below it cost together; `undefined` where nothing could cost anything. */
export type StepCost = { readonly nanoUsd: number | undefined; readonly isPartial: boolean } | undefined

/**
 * The cost of each step in the tree: its own where it has one, for then it speaks for what lies below, else the sum of
 * its children. A call that ended well without a known price makes the sums above it partial.
 */
export function subtreeCosts(tree: Tree<TreeItem & { readonly step: StepJson }>): StepCost[] {
  const costs = new Array<StepCost>(tree.items.length)
  for (const place of tree.depthFirst.toReversed()) {
    const { step } = tree.items[place]!
    costs[place] = ownCost(step) ?? tree.children[place]!.map((child) => costs[child]).reduce(add, undefined)
  }
  return costs
}

function ownCost(step: StepJson): StepCost {
  const nanoUsd = nanoUsdOf(step.cost_usd)
  if (nanoUsd !== undefined) return { nanoUsd, isPartial: false }
  const isUnpriced = step.type === 'llm' && step.success === true && step.output_tokens !== null
  return isUnpriced ? { nanoUsd: undefined, isPartial: true } : undefined
}

function add(one: StepCost, other: StepCost): StepCost {
  if (one === undefined || other === undefined) return one ?? other
  const isUnknown = one.nanoUsd === undefined && other.nanoUsd === undefined
  return {
    nanoUsd: isUnknown ? undefined : (one.nanoUsd ?? 0) + (other.nanoUsd ?? 0),
    isPartial: one.isPartial || other.isPartial,
  }
}
