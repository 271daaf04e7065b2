import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shortId, shortName } from './short-text.ts'

const longText = fc.string({ unit: 'binary', maxLength: 400, size: 'max' })

describe('shortName', () => {
  test('leaves what fits, by code points', () => {
    for (const text of ['', 'step', 'x'.repeat(200), '🙂'.repeat(200)]) expect(shortName(text)).toBe(text)
  })

  test('shows the start of what does not, with an ellipsis', () => {
    expect(shortName('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`)
    expect(shortName('🙂'.repeat(201))).toBe(`${'🙂'.repeat(199)}…`)
  })

  test('is well-formed and never longer, whatever comes', () => {
    fc.assert(
      fc.property(longText, (text) => {
        const short = shortName(text)
        expect(short.isWellFormed()).toBe(true)
        expect(Array.from(short).length).toBeLessThanOrEqual(200)
      }),
    )
  })
})

describe('shortId', () => {
  test('ends in a hash of the whole, so that ids that begin alike stay apart', () => {
    const [one, other] = ['a', 'b'].map((end) => shortId('x'.repeat(1_000_000) + end))
    expect(one).toMatch(/^x{183}…[0-9a-f]{16}$/)
    expect(other).not.toBe(one)
    expect(shortId(`${'x'.repeat(1_000_000)}a`)).toBe(one)
  })

  test('is well-formed, never longer, and short already when it is given again', () => {
    fc.assert(
      fc.property(longText, fc.integer({ min: 20, max: 200 }), (text, maxCharacters) => {
        const short = shortId(text, maxCharacters)
        expect(short.isWellFormed()).toBe(true)
        expect(Array.from(short).length).toBeLessThanOrEqual(maxCharacters)
        expect(shortId(short, maxCharacters)).toBe(short)
      }),
    )
  })

  test('of two ids there are two', () => {
    fc.assert(
      fc.property(longText, fc.string(), fc.string(), (start, oneEnd, otherEnd) => {
        expect(shortId(start + oneEnd) === shortId(start + otherEnd)).toBe(oneEnd === otherEnd)
      }),
    )
  })
})
