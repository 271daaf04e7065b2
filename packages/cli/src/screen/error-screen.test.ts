import { TraceLLMError } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { errorLines } from './error-screen.ts'
import { glyphsFor } from './glyphs.ts'
import { renderLine } from './styled-text.ts'

function draw(error: unknown, columns = 60): string[] {
  return errorLines(error, { columns, glyphs: glyphsFor({}) }).map((line) => renderLine(line, (_role, text) => text))
}

describe('errorLines', () => {
  test('says what happened, where, and what helps', () => {
    expect(draw(new TraceLLMError('TL_PORT_TAKEN', 'another program listens on 127.0.0.1:8000'))).toEqual([
      '✗ The port is taken   TL_PORT_TAKEN',
      '',
      '  Another program listens on 127.0.0.1:8000.',
      '',
      '  Stop the other program, or choose a port with --port.',
      '',
    ])
  })

  test('breaks long sentences, and keeps each way out on a line of its own', () => {
    const fix = 'Use another port: tracellm start --port 8001\nSee what it is: lsof -i :8000'
    expect(draw(new TraceLLMError('TL_PORT_TAKEN', 'Program 41873 listens there already.', { fix }), 32)).toEqual([
      '✗ The port is taken   TL_PORT_TAKEN',
      '',
      '  Program 41873 listens there',
      '  already.',
      '',
      '  Use another port: tracellm',
      '  start --port 8001',
      '  See what it is: lsof -i :8000',
      '',
    ])
  })

  test('leaves a path at the start as it is', () => {
    expect(draw(new TraceLLMError('TL_STORE_CORRUPT', 'spans.db: malformed')).at(2)).toBe('  spans.db: malformed.')
  })

  test('shows where an unforeseen error comes from', () => {
    const lines = draw(new TypeError('x is not a function'), 200)
    expect(lines.slice(0, 3)).toEqual([
      '✗ Something went wrong that should not   TL_INTERNAL',
      '',
      '  x is not a function.',
    ])
    expect(lines.some((line) => line.includes('error-screen.test.ts'))).toBe(true)
  })

  test('shows the control characters of what it quotes', () => {
    expect(draw(new TraceLLMError('TL_USAGE', 'There is no command \x1b[2J.')).at(2)).toBe(
      '  There is no command ^[[2J.',
    )
  })
})
