import { describe, expect, test } from 'vitest'
import { amount, commaTexts, count, milliseconds, quotedText, seconds, text, texts, tokens, usd } from './readers.ts'

describe('amount', () => {
  test('reads numbers, big integers and numeric text', () => {
    expect([amount(0.2), amount(42n), amount('42'), amount(' 1e3 '), amount(0)]).toEqual([0.2, 42, 42, 1000, 0])
  })

  test.each([NaN, -1, -1n, Infinity, '', '  ', 'many', 'NaN', true, undefined, null, [1]])('refuses %s', (value) =>
    expect(amount(value)).toBeUndefined(),
  )
})

describe('count', () => {
  test('is whole and exact, or nothing', () => {
    expect(count(41.6)).toBe(42)
    expect(count(2 ** 60)).toBeUndefined()
    expect(count(1e300)).toBeUndefined()
  })
})

describe('tokens', () => {
  test('are as many as a call can have', () => {
    expect(tokens('1000000000')).toBe(1_000_000_000)
    expect(tokens(1_000_000_001)).toBeUndefined()
  })
})

describe('usd, seconds, milliseconds', () => {
  test('are whole nano-dollars and microseconds', () => {
    expect(usd('0.0005024000000000001')).toBe(502_400)
    expect(seconds(0.0031)).toBe(3100)
    expect(milliseconds('10.000754')).toBe(10_001)
    expect(usd(1e200)).toBeUndefined()
    expect(usd(10_000)).toBe(10_000_000_000_000)
    expect(usd(10_000.01)).toBeUndefined()
  })
})

describe('text', () => {
  test('takes numbers as their digits, and blanks as nothing', () => {
    expect([text('a'), text(7), text(7n), text(' '), text(true), text(null)]).toEqual([
      'a',
      '7',
      '7',
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('quotedText', () => {
  test('takes one pair of quotes off where JSON put it on', () => {
    expect(quotedText('"LLM"')).toBe('LLM')
    expect(quotedText('LLM')).toBe('LLM')
    expect(quotedText('"unfinished')).toBe('"unfinished')
  })
})

describe('texts, commaTexts', () => {
  test('read lists, JSON lists and plain text', () => {
    expect(texts(['a', '', 'b'])).toEqual(['a', 'b'])
    expect(texts('["a","b"]')).toEqual(['a', 'b'])
    expect(texts('a, b')).toEqual(['a, b'])
    expect(texts('')).toBeUndefined()
    expect(commaTexts('travel, booking,')).toEqual(['travel', 'booking'])
    expect(commaTexts(' ')).toBeUndefined()
    expect(commaTexts('a,'.repeat(10_000))).toBeUndefined()
  })
})
