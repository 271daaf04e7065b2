import { assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bodyHash } from './body-hash.ts'
import { canonicalJson, canonicalMessage, parseMessage } from './canonical-json.ts'
import { jsonEqual } from './json-equal.ts'
import { anyJson, anyMessage } from '../contract/any-span.ts'

describe('canonicalJson', () => {
  test('replaces lone surrogates, in keys too, and leaves all else as it was sent', () => {
    expect(canonicalJson({ 'b\ud800': ['\udc00'], a: 'pair \ud83d\ude00, backslash \\ud800' })).toBe(
      '{"b\ufffd":["\ufffd"],"a":"pair \ud83d\ude00, backslash \\\\ud800"}',
    )
  })
})

const neverLifted = (): never => {
  throw new Error('nothing here is long')
}

describe('canonicalJson of a text', () => {
  test('is what JSON.stringify makes of it', () => {
    const anyText = string({
      unit: oneof(constantFrom('"', '\\', '\n', '\t', '\0', '\u2028', 'ü', '天', '😀'), string({ maxLength: 3 })),
    })
    assert(
      property(anyText, (text) => {
        expect(canonicalJson(text)).toBe(JSON.stringify(text))
      }),
    )
  })
})

describe('canonicalMessage', () => {
  test('is the same whatever the order of our own fields', () => {
    const text = canonicalMessage({ role: 'user', name: 'Ann', parts: [{ type: 'text', text: 'Hi' }] }, neverLifted)
    expect(canonicalMessage({ parts: [{ text: 'Hi', type: 'text' }], name: 'Ann', role: 'user' }, neverLifted)).toBe(
      text,
    )
    expect(text).toBe('{"role":"user","name":"Ann","parts":[{"type":"text","text":"Hi"}]}')
  })

  test('is parsed back into the message', () => {
    assert(
      property(anyMessage, (message) => {
        const lifted: string[] = []
        const text = canonicalMessage(message, (long) => bodyHash(String(lifted.push(long))))
        expect(parseMessage(text, () => lifted.shift()!)).toEqual(message)
      }),
    )
  })
})

describe('jsonEqual', () => {
  test('tells whether the canonical JSON is the same', () => {
    assert(
      property(anyJson, anyJson, (one, other) => {
        expect(jsonEqual(one, structuredClone(one))).toBe(true)
        expect(jsonEqual(one, other)).toBe(canonicalJson(one) === canonicalJson(other))
      }),
    )
    expect(jsonEqual({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(false)
    expect(jsonEqual([1], { 0: 1 })).toBe(false)
  })
})
