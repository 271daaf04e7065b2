import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readText } from './wire-text.ts'

/** Reads the bytes as they would stand inside a request, with others around them. */
function read(bytes: Uint8Array): string {
  const request = new Uint8Array([0x5a, ...bytes, 0x5a])
  return readText(request, new DataView(request.buffer), 1, request.length - 1)
}

describe('readText', () => {
  test('gives back any text, the first time and when it is known', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const bytes = new TextEncoder().encode(text)
        expect(read(bytes)).toBe(text)
        expect(read(bytes)).toBe(text)
      }),
    )
  })

  test('never mistakes one text for another that shares its slot', () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `key.${index % 3}.${index}`)
    for (const text of texts) expect(read(new TextEncoder().encode(text))).toBe(text)
    for (const text of texts.toReversed()) expect(read(new TextEncoder().encode(text))).toBe(text)
  })

  test.each([
    ['texts that differ in their last byte', 'abcdefg1', 'abcdefg2'],
    ['texts that differ behind the last four', 'abcd1', 'abcd2'],
    ['texts that differ in length by a NUL', 'abc', 'abc\0'],
    ['a NUL and nothing', '\0', ''],
  ])('tells apart %s', (_, one, other) => {
    for (const text of [one, other, one]) expect(read(new TextEncoder().encode(text))).toBe(text)
  })

  test('keeps a byte order mark', () => {
    expect(read(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa')
  })

  test.each([
    ['short', 1],
    ['long', 30],
  ])('replaces what is no UTF-8 in a %s text', (_, times) => {
    const broken = Array.from({ length: times }, () => [0x61, 0xff, 0xc3, 0x28]).flat()
    expect(read(Uint8Array.from(broken))).toBe('a\ufffd\ufffd('.repeat(times))
  })

  test('replaces a surrogate written as three bytes', () => {
    expect(read(Uint8Array.of(0xed, 0xa0, 0x80))).toBe('\ufffd\ufffd\ufffd')
  })
})
