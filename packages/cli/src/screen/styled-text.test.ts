import { describe, expect, test } from 'vitest'
import type { Paint } from './colour.ts'
import { cutTo, fitTo, plain, renderLine, styled, widthOf } from './styled-text.ts'

const paint: Paint = (role, text) => `<${role}>${text}</${role}>`
const line = [styled('fail', '✗ '), styled('strong', 'fix-issue'), plain(' and more')]

function textOf(pieces: readonly { text: string }[]): string {
  return pieces.map(({ text }) => text).join('')
}

describe('cutTo', () => {
  test('leaves a line that fits', () => expect(cutTo(line, 20, '…')).toBe(line))

  test('cuts inside a piece, which keeps what it is', () => {
    expect(cutTo(line, 8, '…')).toEqual([styled('fail', '✗ '), styled('strong', 'fix-i…')])
  })

  test('counts cells, not characters', () => {
    const cut = cutTo([plain('世界世界')], 6, '…')
    expect(textOf(cut)).toBe('世界…')
    expect(widthOf(cut)).toBe(5)
  })

  test('counts what is escaped as it will be shown', () => {
    expect(textOf(cutTo([plain('\x1b\x1b\x1b\x1b')], 5, '…'))).toBe('^[^[…')
  })

  test('has no room for more than the ellipsis', () => {
    expect(textOf(cutTo(line, 1, '…'))).toBe('…')
    expect(textOf(cutTo(line, 2, '...'))).toBe('..')
  })
})

describe('fitTo', () => {
  test('fills up to the width, on either side', () => {
    expect(textOf(fitTo([plain('46 ms')], 8, 'right', '…'))).toBe('   46 ms')
    expect(textOf(fitTo([plain('世')], 4, 'left', '…'))).toBe('世  ')
  })
})

describe('renderLine', () => {
  test('paints each piece by what it is', () => {
    expect(renderLine(line, paint)).toBe('<fail>✗ </fail><strong>fix-issue</strong> and more')
  })

  test('writes no blanks at the end of a line', () => {
    expect(renderLine([styled('dim', 'time  '), plain('   ')], paint)).toBe('<dim>time</dim>')
  })

  test('lets no control character of a text through', () => {
    expect(renderLine([styled('strong', '\x1b[2J'), plain('\x07')], paint)).toBe('<strong>^[[2J</strong>^G')
  })
})
