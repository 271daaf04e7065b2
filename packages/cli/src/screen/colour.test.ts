import { describe, expect, test } from 'vitest'
import { paintFor } from './colour.ts'

describe('paintFor', () => {
  test('colours a terminal', () => {
    expect(paintFor(true, {})('fail', '✗')).toBe('\u001b[31m✗\u001b[39m')
  })

  test('leaves bold with NO_COLOR, since it is no colour', () => {
    const paint = paintFor(true, { NO_COLOR: '1' })
    expect(paint('fail', '✗')).toBe('✗')
    expect(paint('strong', 'name')).toBe('\u001b[1mname\u001b[22m')
  })

  test.each([
    ['a pipe', false, {}],
    ['a terminal that knows no codes', true, { TERM: 'dumb' }],
  ])('writes plain text to %s', (_what, isTerminal, env) => {
    expect(paintFor(isTerminal, env)('strong', 'name')).toBe('name')
  })

  test('takes an empty NO_COLOR for none, as its standard asks', () => {
    expect(paintFor(true, { NO_COLOR: '' })('fail', '✗')).toContain('[31m')
  })

  test('colours a pipe where FORCE_COLOR asks for it', () => {
    expect(paintFor(false, { FORCE_COLOR: '1' })('fail', '✗')).toContain('[31m')
    expect(paintFor(false, { FORCE_COLOR: '0' })('fail', '✗')).toBe('✗')
  })
})
