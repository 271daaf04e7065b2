import { byStart } from './span-order.ts'

/** What a tree needs to know of a span. Steps and narrow rows have it too. */
export interface TreeItem {
  readonly spanId: string
  readonly parentId?: string
  readonly startUs: number
}

/** The tree of a trace, as places in `items`: numbers, so that 100,000 spans cost a few arrays. */
export interface Tree<Item extends TreeItem> {
  /** In start order, then by id. Every number below is a place in this list. */
  readonly items: readonly Item[]
  /** The parent of each, -1 for the topmost. */
  readonly parents: readonly number[]
  /** The children of each, in start order. */
  readonly children: readonly (readonly number[])[]
  /** Spans shown without a parent: roots, and those whose parent has not come. In start order. */
  readonly topmost: readonly number[]
  /** Every span after its parent, subtree by subtree. Backwards: every span after its children. */
  readonly depthFirst: readonly number[]
  /** The earliest span that names no parent; without one, the earliest topmost span stands for it. -1 in an empty tree. */
  readonly root: number
  /** Whether a span without a parent has come, so that nothing has to stand for it. */
  readonly hasRoot: boolean
}

/**
 * The tree of the spans of one trace; span ids are unique.
 *
 * A span whose parent is unknown is topmost until the parent comes. Spans that are each other's ancestors are no tree:
 * the earliest of the circle loses its parent. So the result does not depend on the order of `items`.
 */
export function buildTree<Item extends TreeItem>(items: readonly Item[]): Tree<Item> {
  const sorted = items.toSorted(byStart)
  const rows = new Map(sorted.map((item, row) => [item.spanId, row]))
  const parents = sorted.map((item) => (item.parentId === undefined ? -1 : (rows.get(item.parentId) ?? -1)))
  breakCircles(parents)

  const children: number[][] = sorted.map(() => [])
  const topmost: number[] = []
  for (const [row, parent] of parents.entries()) (children[parent] ?? topmost).push(row)

  const parentless = sorted.findIndex((item) => item.parentId === undefined)
  return {
    items: sorted,
    parents,
    children,
    topmost,
    depthFirst: depthFirst(topmost, children),
    root: parentless === -1 ? (topmost[0] ?? -1) : parentless,
    hasRoot: parentless !== -1,
  }
}

/** Walks up from each span; meeting the walk's own track means a circle, whose first row is cut loose. */
function breakCircles(parents: number[]): void {
  const walkOf = new Int32Array(parents.length).fill(-1)
  for (let walk = 0; walk < parents.length; walk++) {
    let row = walk
    while (row !== -1 && walkOf[row] === -1) {
      walkOf[row] = walk
      row = parents[row]!
    }
    if (row !== -1 && walkOf[row] === walk) parents[earliestOfCircle(parents, row)] = -1
  }
}

function earliestOfCircle(parents: readonly number[], start: number): number {
  let earliest = start
  for (let row = parents[start]!; row !== start; row = parents[row]!) earliest = Math.min(earliest, row)
  return earliest
}

function depthFirst(topmost: readonly number[], children: readonly (readonly number[])[]): number[] {
  const order: number[] = []
  const waiting = topmost.toReversed()
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    order.push(row)
    for (const child of children[row]!.toReversed()) waiting.push(child)
  }
  return order
}
