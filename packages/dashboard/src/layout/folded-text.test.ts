import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldText } from './folded-text.ts'

const lines = (count: number) => Array.from({ length: count }, (_, line) => `line ${line + 1}`).join('\n')
const limits = { lines: 3, characters: 40 }

describe('foldText', () => {
  test('shows a short text whole, and one that is a little longer too', () => {
    expect(foldText('hello')).toEqual({ shown: 'hello', more: undefined })
    expect(foldText(lines(15)).more).toBeUndefined()
  })

  test('cuts after whole lines and says how many are left, and how much that is', () => {
    expect(foldText(lines(6), limits)).toEqual({
      shown: 'line 1\nline 2\nline 3',
      more: { lines: 3, bytes: '\nline 4\nline 5\nline 6'.length },
    })
  })

  test('cuts a text without lines between words', () => {
    const { shown, more } = foldText('word '.repeat(40), limits)
    expect(shown).toBe('word word word word word word word word')
    expect(more).toEqual({ lines: 1, bytes: 161 })
  })

  test('counts bytes, not characters', () => {
    expect(foldText('é'.repeat(100), limits).more).toMatchObject({ bytes: 120 })
  })

  test('shows the start of the text, without ever cutting a character in two', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '😀', 'é'), maxLength: 300 })
    fc.assert(
      fc.property(text, (whole) => {
        const { shown } = foldText(whole, limits)
        expect(whole.startsWith(shown)).toBe(true)
        expect(shown.isWellFormed()).toBe(true)
      }),
    )
  })
})
