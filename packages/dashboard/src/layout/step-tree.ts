import { buildTree, type Tree, type TreeItem } from '@tracellm/core'
import type { StepJson } from '@tracellm/core/wire'
import { subtreeCosts, type StepCost } from './step-cost.ts'

interface Item extends TreeItem {
  readonly step: StepJson
}

/** The steps of a trace as a tree, with what is known of each only by looking at the others. */
export interface StepTree {
  readonly tree: Tree<Item>
  readonly costs: readonly StepCost[]
  /** How many levels it has, folded or not. */
  readonly levels: number
}

/** One row of the tree that is on view: its place among its siblings, and what stands left of it. */
export interface TreeRow {
  readonly step: StepJson
  /** 1 at the top. */
  readonly level: number
  /** Row of the parent, -1 at the top. */
  readonly parent: number
  /** From 1, of `siblings`. */
  readonly position: number
  readonly siblings: number
  /** Steps right below it, folded or not. */
  readonly children: number
  readonly isFolded: boolean
  readonly cost: StepCost
}

export function stepTree(steps: readonly StepJson[]): StepTree {
  const tree = buildTree<Item>(
    steps.map((step) => ({
      step,
      spanId: step.step_id,
      ...(step.parent_id !== null && { parentId: step.parent_id }),
      startUs: step.offset,
    })),
  )
  return { tree, costs: subtreeCosts(tree), levels: levelsOf(tree) }
}

function levelsOf({ depthFirst, parents }: Tree<Item>): number {
  const levels = new Int32Array(parents.length)
  let deepest = 0
  for (const place of depthFirst) {
    const parent = parents[place]!
    const level = parent === -1 ? 1 : levels[parent]! + 1
    levels[place] = level
    deepest = Math.max(deepest, level)
  }
  return deepest
}

/** The rows in order, without what lies below folded steps. */
export function visibleRows({ tree, costs }: StepTree, folded: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = []
  const waiting = siblingsOf(tree.topmost, -1, 1)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { place, ...row } = next
    const { step } = tree.items[place]!
    const children = tree.children[place]!
    const isFolded = children.length > 0 && folded.has(step.step_id)
    rows.push({ ...row, step, children: children.length, isFolded, cost: costs[place]! })
    // One at a time: a step may have 100,000 children, which is more than a call takes arguments.
    if (!isFolded) for (const child of siblingsOf(children, rows.length - 1, row.level + 1)) waiting.push(child)
  }
  return rows
}

/** The last of them first, as a stack wants it. */
function siblingsOf(places: readonly number[], parent: number, level: number) {
  return places
    .map((place, index) => ({ place, parent, level, position: index + 1, siblings: places.length }))
    .toReversed()
}
