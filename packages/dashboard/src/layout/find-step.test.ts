import { describe, expect, test } from 'vitest'
import { findStep, stepsAbove } from './find-step.ts'
import { sampleStep } from './sample-step.ts'
import { stepTree } from './step-tree.ts'

const tree = stepTree([
  sampleStep('root', { type: 'agent' }),
  sampleStep('late', { parent_id: 'root', offset: 9, status: 'error' }),
  sampleStep('agent', { parent_id: 'root', offset: 1, type: 'agent' }),
  sampleStep('inner', { parent_id: 'agent', offset: 2, status: 'error' }),
])
const isFailed = ({ status }: { status: string }) => status === 'error'

describe('findStep', () => {
  test('goes through the steps as the tree shows them, and comes round', () => {
    expect(findStep(tree, undefined, 1, isFailed)).toBe('inner')
    expect(findStep(tree, 'inner', 1, isFailed)).toBe('late')
    expect(findStep(tree, 'late', 1, isFailed)).toBe('inner')
  })

  test('goes back the same way', () => {
    expect(findStep(tree, undefined, -1, isFailed)).toBe('late')
    expect(findStep(tree, 'late', -1, isFailed)).toBe('inner')
  })

  test('finds nothing where nothing holds', () => {
    expect(findStep(tree, 'root', 1, () => false)).toBeUndefined()
  })
})

describe('stepsAbove', () => {
  test('gives the way to the top', () => {
    expect(stepsAbove(tree, 'inner')).toEqual(['agent', 'root'])
    expect(stepsAbove(tree, 'root')).toEqual([])
    expect(stepsAbove(tree, 'unknown')).toEqual([])
  })
})
