import { describe, expect, test } from 'vitest'
import type { StepJson } from '@tracellm/core/wire'
import { sampleStep } from './sample-step.ts'
import { stepTree } from './step-tree.ts'

const call = (id: string, parent_id: string, fields: Partial<Omit<StepJson, 'parent_id'>>) =>
  sampleStep(id, { parent_id, type: 'llm', output_tokens: 5, ...fields })

/** The cost of the step that holds the others. */
function costOfRoot(...others: StepJson[]) {
  const { tree, costs } = stepTree([sampleStep('root', { type: 'agent' }), ...others])
  return costs[tree.root]
}

describe('subtreeCosts', () => {
  test('gives a parent what its children cost', () => {
    const agent = sampleStep('agent', { type: 'agent', parent_id: 'root', offset: 1 })
    const steps = [call('a', 'root', { cost_usd: 0.25 }), agent, call('b', 'agent', { cost_usd: 0.5 })]
    expect(costOfRoot(...steps)).toEqual({ nanoUsd: 750_000_000, isPartial: false })
  })

  test('believes a step that has a cost of its own, and does not count below it again', () => {
    const wrapper = call('wrapper', 'root', { cost_usd: 0.5 })
    expect(costOfRoot(wrapper, call('inner', 'wrapper', { cost_usd: 0.5 }))?.nanoUsd).toBe(500_000_000)
  })

  test('says that a sum is partial when a call in it has no price', () => {
    const unpriced = call('b', 'root', {})
    expect(costOfRoot(call('a', 'root', { cost_usd: 0.5 }), unpriced)).toEqual({
      nanoUsd: 500_000_000,
      isPartial: true,
    })
    expect(costOfRoot(unpriced)).toEqual({ nanoUsd: undefined, isPartial: true })
  })

  test('leaves free what costs nothing: tools, calls that failed or still run', () => {
    const failed = call('a', 'root', { success: false, status: 'error' })
    const running = call('b', 'root', { success: null, duration: null })
    expect(costOfRoot(failed, running, sampleStep('c', { parent_id: 'root' }))).toBeUndefined()
  })
})
