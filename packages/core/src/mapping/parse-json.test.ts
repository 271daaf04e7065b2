import { describe, expect, test } from 'vitest'
import { jsonOrText, parseJson } from './parse-json.ts'

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('parseJson', () => {
  test.each([
    ['{"a":1}', { a: 1 }],
    [' [1,2]', [1, 2]],
    ['"\\"Be brief.\\""', 'Be brief.'],
    ['"{\\"a\\":1}"', { a: 1 }],
    ['"[draft] hello"', '[draft] hello'],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual(value)
  })

  test.each(['18', 'true', 'null', 'plain words', '', '{"a":', '[object Object]'])('takes %j for no JSON', (text) => {
    expect(parseJson(text)).toBeUndefined()
  })

  test('leaves JSON nested deeper than 64 as text', () => {
    expect(parseJson(nested(64))).toBeDefined()
    expect(parseJson(nested(66))).toBeUndefined()
    expect(jsonOrText(nested(100_000))).toBe(nested(100_000))
  })
})
