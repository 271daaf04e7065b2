import { buildTree, type SpanType, type Tree, type TreeItem } from '@tracellm/core'
import type { StepJson } from '@tracellm/core/wire'

/** One row of a trace's tree, in the order in which rows are written. */
export interface StepRow {
  readonly step: StepJson
  /** The row of its parent, -1 at the top. */
  readonly parent: number
  /** Milliseconds in which nothing went on before it, where that was long. */
  readonly idleMs: number | undefined
}

export interface StepRows {
  readonly rows: readonly StepRow[]
  /** Steps that are left out. */
  readonly folded: number
}

interface Item extends TreeItem {
  readonly step: StepJson
}

/** Of spans that are no call to a model, a tool or the like: what a framework or a library did on the way. */
const plumbing: ReadonlySet<SpanType> = new Set(['span', 'event', 'prompt'])

/** Of spans that only hold others: while nothing below them goes on, nothing does. */
const holding: ReadonlySet<SpanType> = new Set(['agent', 'chain', 'span'])

/** Shorter waits are not told: a fifth of the trace, and a second at least. */
const leastIdleMs = 1000
const leastIdleShare = 0.2

/**
 * The rows of a trace. A root above everything else is left out, since the head of the screen tells of it. Subtrees of
 * mere plumbing in which nothing failed are folded away unless `all` is asked for.
 */
export function stepRows(steps: readonly StepJson[], all: boolean): StepRows {
  const tree = buildTree<Item>(
    steps.map((step) => ({
      step,
      spanId: step.step_id,
      ...(step.parent_id !== null && { parentId: step.parent_id }),
      startUs: step.offset,
    })),
  )
  const isHead = headOf(tree)
  const shown = all ? tree.items.map(() => true) : worthShowing(tree)
  const idle = idleBefore(tree, shown)
  const rows: StepRow[] = []
  const rowOf = new Map<number, number>()
  for (const place of tree.depthFirst) {
    if (place === isHead || shown[place] !== true) continue
    rowOf.set(place, rows.length)
    const parent = rowOf.get(tree.parents[place]!) ?? -1
    rows.push({ step: tree.items[place]!.step, parent, idleMs: idle.get(place) })
  }
  const shownSteps = rows.length + (isHead === -1 ? 0 : 1)
  return { rows, folded: steps.length - shownSteps }
}

/** The one root with everything below it; -1 where there is none, or where it is all there is. */
function headOf({ topmost, children }: Tree<Item>): number {
  const [root = -1] = topmost
  return topmost.length === 1 && children[root]!.length > 0 ? root : -1
}

/** Whether a step, or something below it, is more than plumbing, has failed or still runs. */
function worthShowing({ items, parents, depthFirst }: Tree<Item>): boolean[] {
  const worth = items.map(({ step }) => !plumbing.has(step.type) || step.status === 'error' || step.duration === null)
  for (const place of depthFirst.toReversed())
    if (worth[place] === true && parents[place] !== -1) worth[parents[place]!] = true
  return worth
}

/**
 * Where nothing went on for long, by the step that ended the wait: the highest one that starts after it.
 *
 * ```
 * a      |------|
 * b                            |-----|      the wait is told before b …
 *   c                          |--|         … not before c
 * ```
 */
function idleBefore({ items, parents, children }: Tree<Item>, shown: readonly boolean[]): Map<number, number> {
  const idle = new Map<number, number>()
  const isWork = (place: number) => children[place]!.length === 0 || !holding.has(items[place]!.step.type)
  const wholeMs = items.reduce((most, { step }) => Math.max(most, step.offset + (step.duration ?? 0)), 0)
  const leastMs = Math.max(leastIdleMs, leastIdleShare * wholeMs)
  let coveredUntil: number | undefined
  for (const place of items.keys().filter(isWork)) {
    const { offset, duration } = items[place]!.step
    if (coveredUntil !== undefined && offset - coveredUntil >= leastMs) {
      const highest = highestAfter(place, coveredUntil, items, parents)
      if (shown[highest] === true) idle.set(highest, offset - coveredUntil)
    }
    coveredUntil = Math.max(coveredUntil ?? 0, duration === null ? Infinity : offset + duration)
  }
  return idle
}

function highestAfter(place: number, time: number, items: readonly Item[], parents: readonly number[]): number {
  let highest = place
  for (let above = parents[place]!; above !== -1; above = parents[above]!) {
    if (items[above]!.step.offset < time) break
    highest = above
  }
  return highest
}
