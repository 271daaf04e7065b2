import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildTree, type Tree, type TreeItem } from './build-tree.ts'

const item = (spanId: string, startUs: number, parentId?: string): TreeItem => ({ spanId, startUs, parentId })

/** Each span with its parent as the tree has it, in the tree's order. */
function drawn(tree: Tree<TreeItem>): string {
  return tree.items.map(({ spanId }, row) => `${spanId}<${tree.items[tree.parents[row]!]?.spanId ?? ''}`).join(' ')
}

function idsOf(tree: Tree<TreeItem>, rows: readonly number[]): string {
  return rows.map((row) => tree.items[row]!.spanId).join('')
}

describe('buildTree', () => {
  test('puts children under their parents, in start order and then by id', () => {
    const tree = buildTree([item('d', 9, 'a'), item('c', 5, 'a'), item('b', 5, 'a'), item('e', 6, 'c'), item('a', 1)])
    expect(idsOf(tree, tree.children[tree.root]!)).toBe('bcd')
    expect(idsOf(tree, tree.depthFirst)).toBe('abced')
    expect(tree.hasRoot).toBe(true)
  })

  test('shows a span whose parent has not come at the top, and below its parent once it has', () => {
    const orphans = [item('b', 2, 'a'), item('c', 3, 'b'), item('d', 4, 'a')]
    const before = buildTree(orphans)
    expect(idsOf(before, before.topmost)).toBe('bd')
    expect(before.hasRoot).toBe(false)
    expect(idsOf(before, [before.root])).toBe('b')
    expect(drawn(buildTree([...orphans, item('a', 9)]))).toBe('b<a c<b d<a a<')
  })

  test('takes the earliest of several roots, even where an orphan began before it', () => {
    const tree = buildTree([item('late', 7), item('root', 5), item('orphan', 1, 'never')])
    expect(idsOf(tree, [tree.root])).toBe('root')
    expect(idsOf(tree, tree.topmost)).toBe('orphanrootlate')
  })

  test('cuts a circle at its earliest span, and leaves what hangs on it', () => {
    const tree = buildTree([item('a', 3, 'c'), item('b', 1, 'a'), item('c', 2, 'b'), item('d', 0, 'a')])
    expect(drawn(tree)).toBe('d<a b< c<b a<c')
  })

  test('cuts a span that names itself as its parent', () => {
    expect(drawn(buildTree([item('a', 0, 'a'), item('b', 1, 'a')]))).toBe('a< b<a')
  })

  test('is empty for no spans', () => {
    expect(buildTree([])).toMatchObject({ items: [], topmost: [], root: -1, hasRoot: false })
  })

  test('holds 100,000 spans, each below the one before', () => {
    const chain = Array.from({ length: 100_000 }, (_, at) => item(`${at}`, at, at === 0 ? undefined : `${at - 1}`))
    const tree = buildTree(chain.toReversed())
    expect(tree.depthFirst).toHaveLength(100_000)
    expect(tree.topmost).toEqual([0])
  })

  test('is a tree of all spans, the same in any order, whatever the parents named', () => {
    const items = fc
      .array(fc.record({ startUs: fc.nat(5), parent: fc.option(fc.nat(12), { nil: undefined }) }), { minLength: 1 })
      .map((spans) => spans.map(({ startUs, parent }, id) => item(`${id}`, startUs, parent?.toString())))
    fc.assert(
      fc.property(items, fc.infiniteStream(fc.nat()), (spans, keys) => {
        const tree = buildTree(spans)
        expect(tree.depthFirst.toSorted((one, other) => one - other)).toEqual([...spans.keys()])
        const shuffled = spans.map((span) => ({ span, key: keys.next().value! })).toSorted((a, b) => a.key - b.key)
        expect(buildTree(shuffled.map(({ span }) => span))).toEqual(tree)
      }),
    )
  })
})
