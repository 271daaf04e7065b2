import type { Glyphs } from './glyphs.ts'

/** What hangs together: the rows in the order they are written, each with the row of its parent (-1 for none). */
export interface TreeRow {
  readonly parent: number
}

/** The guides to the left of a row, and to the left of what belongs to it below. */
export interface Guides {
  readonly self: string
  readonly below: string
}

/** Deeper rows are drawn as if they were this deep: a line is only so long. */
const deepest = 24

/**
 * The guides of every row.
 *
 * ```
 * ├─ a
 * │  ╰─ b
 * ╰─ c
 * ```
 */
export function treeGuides(rows: readonly TreeRow[], glyphs: Glyphs): Guides[] {
  const lastChild = new Map<number, number>()
  for (const [row, { parent }] of rows.entries()) lastChild.set(parent, row)
  const guides: Guides[] = []
  const widest = deepest * glyphs.through.length
  for (const [row, { parent }] of rows.entries()) {
    const above = parent === -1 ? '' : guides[parent]!.below.slice(0, widest)
    const isLast = lastChild.get(parent) === row
    const blank = ' '.repeat(glyphs.through.length)
    guides.push({
      self: above + (isLast ? glyphs.lastBranch : glyphs.branch),
      below: above + (isLast ? blank : glyphs.through),
    })
  }
  return guides
}
