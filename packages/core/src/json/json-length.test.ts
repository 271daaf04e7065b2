import { describe, expect, test } from 'vitest'
import { isJsonLongerThan } from './json-length.ts'
import type { JsonValue } from './json-value.ts'

describe('isJsonLongerThan', () => {
  test('tells long values from short ones, wherever the length is', () => {
    const long = 'x'.repeat(100)
    const values: JsonValue[] = [long, [long], { a: [long] }, { [long]: 1 }, Array(100).fill(1)]
    expect(values.map((value) => isJsonLongerThan(value, 99))).toEqual([true, true, true, true, true])
    expect([long, [long], { a: [long] }].map((value) => isJsonLongerThan(value, 200))).toEqual([false, false, false])
  })

  test('goes no deeper than it has to', () => {
    const deep = JSON.parse(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`) as JsonValue
    expect(isJsonLongerThan(deep, 4096)).toBe(true)
  })
})
