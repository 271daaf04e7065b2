import { describe, expect, test } from 'vitest'
import { escapeJson, escapeText } from './escape-text.ts'

describe('escapeText', () => {
  test('leaves nothing that a terminal obeys', () => {
    expect(escapeText('\x1b]0;owned\x07\x1b[2J')).toBe('^[]0;owned^G^[[2J')
    expect(escapeText('a\x00b\x7fc')).toBe('a^@b^?c')
    expect(escapeText('\x9b31m')).toBe('\\u009b31m')
  })

  test('shows marks that turn the direction of writing', () => {
    expect(escapeText('user\u202e txt.exe')).toBe('user\\u202e txt.exe')
  })

  test('keeps a text on one line', () => {
    expect(escapeText('first\r\n\r\nsecond\tthird\u2028fourth')).toBe('first second third fourth')
  })

  test('leaves every script and emoji as they are', () => {
    const text = 'Grüße, 世界, مرحبا, 👩‍👩‍👧 e\u0301'
    expect(escapeText(text)).toBe(text)
  })

  test('shows half a character as what it is', () => {
    expect(escapeText('a\ud83d')).toBe('a\\ud83d')
  })

  test('of all characters of the first plane, none is a control character afterwards, and again changes nothing', () => {
    const everything = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code)).join('|')
    const escaped = escapeText(everything)

    expect(escaped).not.toMatch(/\p{Cc}|\p{Surrogate}|\p{Bidi_Control}/u)
    expect(escapeText(escaped)).toBe(escaped)
  })
})

describe('escapeJson', () => {
  test('stays the same value', () => {
    const value = { text: '\x1b[31m \x9b \x7f \u202e \ud800 "\n' }
    const json = escapeJson(JSON.stringify(value))

    expect(json).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u)
    expect(JSON.parse(json)).toEqual(value)
  })
})
