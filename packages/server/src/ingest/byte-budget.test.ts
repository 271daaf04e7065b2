import { describe, expect, test } from 'vitest'
import { ByteBudget } from './byte-budget.ts'

describe('ByteBudget', () => {
  test('admits what fits and refuses what does not', () => {
    const budget = new ByteBudget(100)
    expect(budget.open()?.hold(60)).toBe(true)
    expect(budget.open()?.hold(60)).toBe(false)
    expect(budget.open()?.hold(40)).toBe(true)
    expect(budget.heldBytes).toBe(100)
    expect(budget.open()).toBeUndefined()
  })

  test('admits one body of any size while nothing else is held, chunk by chunk too', () => {
    const share = new ByteBudget(100).open()
    expect([share?.hold(80), share?.hold(80), share?.hold(80)]).toEqual([true, true, true])
  })

  test('gets back what a share held, once', () => {
    const budget = new ByteBudget(100)
    const share = budget.open()
    share?.hold(70)
    share?.[Symbol.dispose]()
    share?.[Symbol.dispose]()
    expect(budget.heldBytes).toBe(0)
  })
})
