import { describe, expect, test } from 'vitest'
import { digestOf, shortDigestOf } from './body-hash.ts'

const texts = Array.from({ length: 1000 }, (_, index) => `text ${index}`)

describe('shortDigestOf', () => {
  test('is whole, fits into the six bytes of a number in SQLite, and uses them', () => {
    const digests = texts.map(shortDigestOf)
    expect(digests.filter((digest) => !Number.isInteger(digest) || digest < 0 || digest >= 2 ** 47)).toEqual([])
    expect(digests.some((digest) => digest >= 2 ** 46)).toBe(true)
  })

  test('begins as the long one does, which a migration relies on', () => {
    for (const text of texts) expect(BigInt(shortDigestOf(text))).toBe(BigInt(digestOf(text)) >> 6n)
  })
})
