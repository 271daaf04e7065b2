import { describe, expect, test } from 'vitest'
import { formatMoney, formatMoneyCell, isCostUntold, nanoUsdOf } from './format-money.ts'

const usd = (dollars: number) => nanoUsdOf(dollars)

describe('formatMoney', () => {
  test.each([
    [0, '$0'],
    [0.000_000_001, '<$0.0001'],
    [0.000_099, '<$0.0001'],
    [0.0001, '$0.0001'],
    [0.0026, '$0.0026'],
    [0.002_65, '$0.0027'],
    [0.009_949, '$0.0099'],
    [0.009_95, '$0.010'],
    [0.036, '$0.036'],
    [0.163, '$0.163'],
    [0.9994, '$0.999'],
    [0.9995, '$1.00'],
    [1.005, '$1.01'],
    [18.42, '$18.42'],
    [107.56, '$107.56'],
    [1284.5, '$1,284.50'],
  ])('%d dollars are %s', (dollars, text) => {
    expect(formatMoney(usd(dollars))).toBe(text)
  })

  test('says when a sum is partial, and when nothing of it is known', () => {
    expect(formatMoney(usd(0.467), { isPartial: true })).toBe('≥ $0.467')
    expect(formatMoney(usd(0.467), { isPartial: false })).toBe('$0.467')
    expect(formatMoney(0, { isPartial: true })).toBe('?')
    expect(formatMoney(undefined)).toBe('?')
  })

  test('is no amount where nothing is told that could have cost any', () => {
    expect(formatMoney(0, { isUntold: true })).toBe('–')
    expect(formatMoneyCell(0, { isUntold: true })).toBe('–')
  })
})

describe('formatMoneyCell', () => {
  test('leaves the dollar sign to the head of the column', () => {
    expect(formatMoneyCell(usd(0.036))).toBe('0.036')
    expect(formatMoneyCell(usd(0.0026), { isPartial: true })).toBe('≥0.0026')
    expect(formatMoneyCell(usd(0.000_01))).toBe('<0.0001')
    expect(formatMoneyCell(0)).toBe('0')
    expect(formatMoneyCell(undefined)).toBe('?')
  })
})

describe('isCostUntold', () => {
  const failed = { modelCalls: 1, tokens: 0, failedSteps: 1 }

  test('is so when the only calls failed without tokens', () => {
    expect(isCostUntold(0, failed)).toBe(true)
  })

  test('is not when there is a sum, or a call that told of itself is free, or no model was called', () => {
    expect(isCostUntold(1, failed)).toBe(false)
    expect(isCostUntold(undefined, failed)).toBe(false)
    expect(isCostUntold(0, { ...failed, tokens: 12 })).toBe(false)
    expect(isCostUntold(0, { ...failed, failedSteps: 0 })).toBe(false)
    expect(isCostUntold(0, { ...failed, modelCalls: 0 })).toBe(false)
  })
})

describe('nanoUsdOf', () => {
  test('is whole, and unknown for null', () => {
    expect(nanoUsdOf(0.1 + 0.2)).toBe(300_000_000)
    expect(nanoUsdOf(null)).toBeUndefined()
  })
})
