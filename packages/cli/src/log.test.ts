import { describe, expect, test } from 'vitest'
import { createLog } from './log.ts'

describe('createLog', () => {
  test('writes a line each, down to the level asked for, and nothing that a terminal obeys', () => {
    const lines: string[] = []
    const log = createLog(
      'warn',
      (line) => lines.push(line),
      () => 1_795_442_561_114_123,
    )
    log('error', 'disk full')
    log('warn', 'two\nlines \x1b[2J')
    log('info', 'not asked for')

    expect(lines).toEqual([
      '2026-11-23T14:02:41.114123Z error disk full\n',
      '2026-11-23T14:02:41.114123Z warn two lines ^[[2J\n',
    ])
  })
})
