import { parseIsoTime } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { parseTime } from './parse-time.ts'

const nowUs = parseIsoTime('2026-11-23T12:00:00Z')!
const option = { flag: 'from', command: 'traces' }

describe('parseTime', () => {
  test.each([
    ['2026-11-20', '2026-11-20T00:00:00.000000Z'],
    ['2026-11-20T14:02:41.5+01:00', '2026-11-20T13:02:41.500000Z'],
    ['2h', '2026-11-23T10:00:00.000000Z'],
    ['1.5d', '2026-11-22T00:00:00.000000Z'],
    ['30m', '2026-11-23T11:30:00.000000Z'],
    ['1w', '2026-11-16T12:00:00.000000Z'],
  ])('%s is %s', (text, instant) => expect(parseTime(text, option, { nowUs, direction: 'past' })).toBe(instant))

  test('counts forwards for what is to come', () => {
    expect(parseTime('90d', option, { nowUs, direction: 'future' })).toBe('2027-02-21T12:00:00.000000Z')
  })

  test.each(['yesterday', '', '2', '2 h', '2026-13-01', '99999w'])('%j is an error that says what it takes', (text) => {
    expect(() => parseTime(text, option, { nowUs, direction: 'past' })).toThrow(
      expect.objectContaining({ code: 'TL_USAGE', detail: expect.stringContaining(`--from is "${text}", but takes`) }),
    )
  })
})
