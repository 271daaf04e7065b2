import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spanTypes, type ModelCall, type SpanType } from '../span/span.ts'
import { buildTree, type Tree } from './build-tree.ts'
import { countOnce, isCallType, type Counted } from './count-once.ts'
import { sampleSpan, type SampleSpan } from './sample-span.ts'

const usage: ModelCall = { usage: { inputTokens: 1 } }
const cost: ModelCall = { cost: { nanoUsd: 1, source: 'reported' } }
const both: ModelCall = { ...usage, ...cost }

/** For each span, in order of its number, what counts of it. */
function counts(spans: readonly SampleSpan[]): string[] {
  const tree = buildTree(spans.map((span) => sampleSpan({ startUs: span.id, ...span })))
  return countOnce(tree).map((counted) => words(counted))
}

function words(counted: Counted): string {
  return (['call', 'usage', 'cost', 'unpriced'] as const).filter((figure) => counted[figure]).join(' ')
}

describe('countOnce', () => {
  test('counts a call with what it tells', () => {
    expect(counts([{ id: 1, type: 'llm', call: both }])).toEqual(['call usage cost'])
  })

  test('counts nothing of agents, chains and tools, whatever they carry', () => {
    const types: SpanType[] = ['agent', 'chain', 'tool', 'span', 'retriever']
    expect(counts(types.map((type, at) => ({ id: at + 1, type, call: both })))).toEqual(['', '', '', '', ''])
  })

  test('counts the innermost of nested calls, through steps between them', () => {
    expect(
      counts([
        { id: 1, type: 'llm', call: both },
        { id: 2, parent: 1, type: 'chain' },
        { id: 3, parent: 2, type: 'embedding', call: both },
      ]),
    ).toEqual(['', '', 'call usage cost'])
  })

  test('counts both where a tool or an agent lies between them', () => {
    for (const type of ['tool', 'agent'] as const) {
      expect(
        counts([
          { id: 1, type: 'llm', call: both },
          { id: 2, parent: 1, type: 'span' },
          { id: 3, parent: 2, type },
          { id: 4, parent: 3, type: 'llm', call: both },
        ]),
      ).toEqual(['call usage cost', '', '', 'call usage cost'])
    }
  })

  test('takes the tokens of the wrapper where the call inside tells none, and leaves the call unpriced', () => {
    expect(
      counts([
        { id: 1, type: 'llm', call: both },
        { id: 2, parent: 1, type: 'llm' },
      ]),
    ).toEqual(['usage cost', 'call unpriced'])
  })

  test('takes tokens from within and cost from without, each once', () => {
    expect(
      counts([
        { id: 1, type: 'llm', call: both },
        { id: 2, parent: 1, type: 'llm', call: usage },
      ]),
    ).toEqual(['cost', 'call usage unpriced'])
  })

  test('counts a failed call without usage, and calls its cost not unknown but nothing', () => {
    expect(counts([{ id: 1, type: 'llm', status: 'error' }])).toEqual(['call'])
    expect(counts([{ id: 1, type: 'llm', status: 'error', call: usage }])).toEqual(['call usage unpriced'])
    expect(counts([{ id: 1, type: 'llm', endUs: undefined }])).toEqual(['call unpriced'])
  })

  test('knows the cost of tokens whose call inside tells a cost alone', () => {
    expect(
      counts([
        { id: 1, type: 'llm', call: usage },
        { id: 2, parent: 1, type: 'llm', call: cost },
      ]),
    ).toEqual(['usage', 'call cost'])
  })

  test('counts an unpriced nest once', () => {
    expect(
      counts([
        { id: 1, type: 'llm', call: usage },
        { id: 2, parent: 1, type: 'llm' },
      ]),
    ).toEqual(['usage', 'call unpriced'])
    expect(
      counts([
        { id: 1, type: 'llm', call: usage },
        { id: 2, parent: 1, type: 'llm', status: 'error' },
      ]),
    ).toEqual(['usage unpriced', 'call'])
  })

  test('is what looking at all pairs gives, in any tree', () => {
    const call = fc.constantFrom(undefined, usage, cost, both)
    const type = fc.constantFrom<SpanType>(...spanTypes.filter((name) => name !== 'event'), 'llm', 'llm', 'llm')
    const spans = fc
      .array(fc.record({ type, call, parent: fc.nat() }), { minLength: 1, maxLength: 20 })
      .map((list) => list.map((span, id) => sampleSpan({ ...span, id, startUs: id, parent: span.parent % (id + 1) })))
    fc.assert(
      fc.property(spans, (list) => {
        const tree = buildTree(list)
        const expected = tree.items.map((_, row) => ({
          call: isInnermost(tree, row, () => true),
          usage: isInnermost(tree, row, (other) => tree.items[other]!.call?.usage !== undefined),
          cost: isInnermost(tree, row, (other) => tree.items[other]!.call?.cost !== undefined),
        }))
        expect(countOnce(tree).map(({ unpriced: _, ...counted }) => counted)).toEqual(expected)
      }),
    )
  })
})

/** Section 5 of the conventions, word for word: no such call below with no tool or agent on the path. */
function isInnermost(tree: Tree<ReturnType<typeof sampleSpan>>, row: number, told: (row: number) => boolean): boolean {
  const holds = (other: number): boolean => isCallType(tree.items[other]!.type) && told(other)
  const isBelow = (other: number): boolean => {
    for (let up = tree.parents[other]!; up !== -1; up = tree.parents[up]!) {
      if (up === row) return true
      if (tree.items[up]!.type === 'tool' || tree.items[up]!.type === 'agent') return false
    }
    return false
  }
  return holds(row) && !tree.items.some((_, other) => holds(other) && isBelow(other))
}
