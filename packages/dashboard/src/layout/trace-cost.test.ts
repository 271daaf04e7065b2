import { describe, expect, test } from 'vitest'
import { sampleTrace } from '../data/sample-trace.ts'
import { traceCostText } from './trace-cost.ts'

const costOf = (fields: Parameters<typeof sampleTrace>[2]) => traceCostText(sampleTrace('trace', 0, fields))

describe('traceCostText', () => {
  test('is the sum of the calls, and says where a price is missing', () => {
    expect(costOf({ llm_calls: 2, token_count: 90, cost_usd: 0.163 })).toBe('$0.163')
    expect(costOf({ llm_calls: 2, token_count: 90, cost_usd: 0.163, cost_is_partial: true })).toBe('≥ $0.163')
    expect(costOf({ llm_calls: 2, token_count: 90, cost_usd: null, cost_is_partial: true })).toBe('?')
  })

  test('is free only for calls that were free', () => {
    expect(costOf({ llm_calls: 1, token_count: 90 })).toBe('$0')
    expect(costOf({ llm_calls: 1, error_count: 1 })).toBe('–')
    expect(costOf({ llm_calls: 1, error_count: 1, cost_is_partial: true })).toBe('?')
  })

  test('is left out where no model was called', () => {
    expect(costOf({ error_count: 1 })).toBeUndefined()
  })
})
