import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonValue } from './json-value.ts'
import { jsonText, startOfJson } from './json-text.ts'

describe('startOfJson', () => {
  test('is the start of what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 60 }), (value, maxCharacters) => {
        const whole = JSON.stringify(value)
        expect(startOfJson(value as JsonValue, maxCharacters)).toBe(whole.slice(0, maxCharacters))
      }),
    )
  })

  test('writes no more than it needs of a large value', () => {
    let written = 0
    const list: JsonValue[] = Array.from({ length: 1000 }, (_, index) => index)
    const watched = new Proxy(list, {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) written++
        return Reflect.get(target, key) as unknown
      },
    })
    expect(startOfJson(watched, 10)).toBe('[0,1,2,3,4')
    expect(written).toBeLessThan(10)
  })
})

describe('jsonText', () => {
  test('is compact JSON', () => {
    expect(jsonText({ a: [1, 'x', null], b: true })).toBe('{"a":[1,"x",null],"b":true}')
  })
})
