import { describe, expect, test } from 'vitest'
import { takeColumns, textWidth } from './text-width.ts'

describe('textWidth', () => {
  test.each([
    ['', 0],
    ['plain text', 10],
    ['Grüße', 5],
    ['e\u0301', 1],
    ['é\u0323', 1],
    ['soft\u00adhyphen', 10],
    ['↔️', 2],
    ['◾', 2],
    ['│  ╰─ ■ “…”', 11],
    ['世界', 4],
    ['한국어', 6],
    ['ｆｕｌｌ', 8],
    ['مرحبا', 5],
    ['👍', 2],
    ['👩‍👩‍👧', 2],
    ['👍🏽', 2],
    ['🇳🇴', 2],
    ['❤️', 2],
    ['❤', 1],
    ['1️⃣', 2],
    ['a\u200bb', 2],
    ['● ✓ ▲ ✗ ◆ ■ ▤ ○ ◇ ↻ … ≥ “”', 26],
  ])('%j takes %i cells', (text, width) => expect(textWidth(text)).toBe(width))
})

describe('takeColumns', () => {
  test('never takes half of a character', () => {
    expect(takeColumns('世界', 3)).toBe('世')
    expect(takeColumns('a👩‍👩‍👧b', 2)).toBe('a')
    expect(takeColumns('a👩‍👩‍👧b', 3)).toBe('a👩‍👩‍👧')
    expect(takeColumns('e\u0301x', 1)).toBe('e\u0301')
    expect(takeColumns('plain', 0)).toBe('')
  })
})
