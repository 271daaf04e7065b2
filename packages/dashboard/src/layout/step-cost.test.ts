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

  test('counts nested calls once: what the innermost cost', () => {
    const wrapper = call('wrapper', 'root', { cost_usd: 0.75 })
    expect(costOfRoot(wrapper, call('inner', 'wrapper', { cost_usd: 0.5 }))?.nanoUsd).toBe(500_000_000)
  })

  test('adds the calls below a tool to the call that called it', () => {
    const tool = sampleStep('tool', { parent_id: 'a' })
    const steps = [call('a', 'root', { cost_usd: 0.25 }), tool, call('b', 'tool', { cost_usd: 0.5 })]
    expect(costOfRoot(...steps)).toEqual({ nanoUsd: 750_000_000, isPartial: false })
  })

  test('shows what an agent says of itself only where no call below it counts', () => {
    const agent = sampleStep('agent', { type: 'agent', parent_id: 'root', offset: 1, cost_usd: 2 })
    const { tree, costs } = stepTree([sampleStep('root', { type: 'agent' }), agent])
    expect([tree.root, 1].map((place) => costs[place]?.nanoUsd)).toEqual([undefined, 2_000_000_000])
    expect(costOfRoot(agent, call('a', 'agent', { cost_usd: 0.5 }))?.nanoUsd).toBe(500_000_000)
  })

  test('says that a sum is partial when a call in it has no price', () => {
    const unpriced = call('b', 'root', {})
    expect(costOfRoot(call('a', 'root', { cost_usd: 0.5 }), unpriced)).toEqual({
      nanoUsd: 500_000_000,
      isPartial: true,
    })
    expect(costOfRoot(unpriced)).toEqual({ nanoUsd: undefined, isPartial: true })
  })

  test('leaves free what costs nothing: tools, and calls that failed without usage', () => {
    const failed = call('a', 'root', { success: false, status: 'error', output_tokens: null })
    expect(costOfRoot(failed, sampleStep('c', { parent_id: 'root' }))).toBeUndefined()
  })
})
