import { describe, expect, test } from 'vitest'
import { sampleStep } from './sample-step.ts'
import { stepTree, visibleRows } from './step-tree.ts'

const steps = [
  sampleStep('root', { type: 'agent', duration: 100 }),
  sampleStep('first', { parent_id: 'root', offset: 1 }),
  sampleStep('second', { parent_id: 'root', offset: 2 }),
  sampleStep('below', { parent_id: 'first', offset: 3 }),
]
const rowsOf = (folded: string[] = []) => visibleRows(stepTree(steps), new Set(folded))

describe('stepTree', () => {
  test('counts its levels', () => {
    expect([[], steps.slice(0, 1), steps, steps.slice(1)].map((some) => stepTree(some).levels)).toEqual([0, 1, 3, 2])
  })
})

describe('visibleRows', () => {
  test('puts every step after its parent, with its place among its siblings', () => {
    expect(rowsOf().map(({ step, level, position, siblings }) => [step.step_id, level, position, siblings])).toEqual([
      ['root', 1, 1, 1],
      ['first', 2, 1, 2],
      ['below', 3, 1, 1],
      ['second', 2, 2, 2],
    ])
    expect(rowsOf().map(({ parent }) => parent)).toEqual([-1, 0, 1, 0])
  })

  test('leaves out what lies below a folded step, and says that it is folded', () => {
    const rows = rowsOf(['first'])
    expect(rows.map(({ step }) => step.step_id)).toEqual(['root', 'first', 'second'])
    expect(rows[1]).toMatchObject({ children: 1, isFolded: true })
  })

  test('does not fold what has nothing below it', () => {
    expect(rowsOf(['below', 'gone']).every(({ isFolded }) => !isFolded)).toBe(true)
  })

  test('takes any number of children and any depth', () => {
    const wide = Array.from({ length: 150_000 }, (_, place) =>
      sampleStep(`wide ${place}`, { parent_id: 'root', offset: place }),
    )
    const deep = Array.from({ length: 20_000 }, (_, place) =>
      sampleStep(`deep ${place}`, { parent_id: place === 0 ? 'root' : `deep ${place - 1}` }),
    )
    const rows = visibleRows(stepTree([steps[0]!, ...wide, ...deep]), new Set())
    expect(rows).toHaveLength(170_001)
    expect(rows.reduce((deepest, { level }) => Math.max(deepest, level), 0)).toBe(20_001)
  })
})
