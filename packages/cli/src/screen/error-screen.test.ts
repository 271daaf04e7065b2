import { ClientError } from '@tracellm/client'
import { errorTable, TraceLLMError } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { tracellmVersion } from '../version.ts'
import { errorLines } from './error-screen.ts'
import { glyphsFor } from './glyphs.ts'
import { renderLine } from './styled-text.ts'

const typeCommand = (words: string) => `npx tracellm ${words} --home ~/traces`

function draw(error: unknown, columns = 60): string[] {
  const lines = errorLines(error, { columns, glyphs: glyphsFor({}) }, typeCommand)
  return lines.map((line) => renderLine(line, (_role, text) => text))
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
    const fix = 'Stop the other program, or choose a port.\nSee what it is: lsof -i :8000'
    expect(draw(new TraceLLMError('TL_PORT_TAKEN', 'Program 41873 listens there already.', { fix }), 32)).toEqual([
      '✗ The port is taken   TL_PORT_TAKEN',
      '',
      '  Program 41873 listens there',
      '  already.',
      '',
      '  Stop the other program, or',
      '  choose a port.',
      '  See what it is: lsof -i :8000',
      '',
    ])
  })

  test('shows a command as the user can type it, in one piece', () => {
    const fix = 'Make a key with `tracellm keys create`, then start again.'
    expect(draw(new TraceLLMError('TL_AUTH_REQUIRED_TO_BIND', 'No key.', { fix }), 32)).toContain(
      '  `npx tracellm keys create --home ~/traces`,',
    )
  })

  test('every command in the table of errors is one that is shown so', () => {
    for (const { fix = '' } of Object.values(errorTable)) {
      expect(fix.replaceAll(/`tracellm [^`]+`/g, '')).not.toMatch(/tracellm (start|status|traces|keys|-)/)
    }
  })

  test.each(['TL_KEY_REQUIRED', 'TL_KEY_UNKNOWN'] as const)(
    'says of %s by a server where the key comes from',
    (code) => {
      const { title, status, fix } = errorTable[code]
      const text = draw(new ClientError({ type: '', code, title, status, detail: 'no', fix })).join(' ')
      expect(text).toContain('Set TRACELLM_API_KEY')
      expect(text).not.toContain('npx tracellm keys create')
    },
  )

  test('leaves a path at the start as it is', () => {
    expect(draw(new TraceLLMError('TL_STORE_CORRUPT', 'spans.db: malformed')).at(2)).toBe('  spans.db: malformed.')
  })

  test('gives what a report of an unforeseen error needs', () => {
    const lines = draw(new TypeError('x is not a function'), 200)
    expect(lines.slice(0, 8)).toEqual([
      '✗ Something went wrong that should not   TL_INTERNAL',
      '',
      '  x is not a function.',
      '',
      '  This is a fault of TraceLLM: please report it with the lines below.',
      '',
      '  TypeError: x is not a function',
      expect.stringMatching(/^ {2}at .*error-screen\.test\.ts/),
    ])
    expect(lines.at(-2)).toContain(`tracellm ${tracellmVersion()} on Node ${process.versions.node}`)
  })

  test('gives the same of a fault that a thread of the store was the first to find', () => {
    const cause = Object.assign(new Error('no such table: trace'), { name: 'SqliteError' })
    const lines = draw(new TraceLLMError('TL_INTERNAL', 'something went wrong in the store', { cause }), 200)
    expect(lines.slice(2, 8)).toEqual([
      '  Something went wrong in the store.',
      '',
      '  This is a fault of TraceLLM: please report it with the lines below.',
      '',
      '  SqliteError: no such table: trace',
      expect.stringMatching(/^ {2}at .*error-screen\.test\.ts/),
    ])
  })

  test.each([
    ['that is no error', { toString: null }, '{ toString: null }'],
    ['of several lines', new Error('first\nsecond'), 'Error: first'],
  ])('says what a cause %s is', (_what, cause, line) => {
    expect(draw(new Error('failed', { cause }), 200).map((text) => text.trim())).toContain(line)
  })

  test('ends with an error that is its own cause', () => {
    const error = new Error('round and round')
    error.cause = error
    expect(draw(error, 200).map((text) => text.trim())).toContain('Error: round and round')
  })

  test('leaves the cause of a foreseen error out', () => {
    const error = new TraceLLMError('TL_STORE_FULL', 'spans.db: no room', {
      cause: new Error('database or disk is full'),
    })
    expect(draw(error).at(-2)).toBe('  Free disk space; nothing of this request was stored.')
  })

  test('says what a thread of the store died of', () => {
    const cause = new Error('the thread of the store', { cause: new RangeError('out of memory') })
    const lines = draw(new TraceLLMError('TL_STORE_UNAVAILABLE', 'the thread failed', { cause }), 200)
    expect(lines).toContain('  The thread failed.')
    expect(lines).toContain('  Try again. If it stays so, please report it with the lines below.')
    expect(lines).toContain('  RangeError: out of memory')
    expect(lines.at(-2)).toContain(`tracellm ${tracellmVersion()}`)
  })

  test('leaves a fault of a server to the log of that server', () => {
    const { fix } = errorTable.TL_INTERNAL
    const problem = { type: '', code: 'TL_INTERNAL', title: 'Internal error', status: 500, detail: 'unexpected', fix }
    expect(draw(new ClientError(problem), 200)).toEqual([
      '✗ Internal error   TL_INTERNAL',
      '',
      '  unexpected.',
      '',
      `  ${fix}`,
      '',
    ])
  })

  test('shows the control characters of what it quotes', () => {
    expect(draw(new TraceLLMError('TL_USAGE', 'There is no command \x1b[2J.')).at(2)).toBe(
      '  There is no command ^[[2J.',
    )
  })
})
