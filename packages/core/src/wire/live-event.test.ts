import { describe, expect, test } from 'vitest'
import { liveCommand, liveFrameJson } from './live-event.ts'

describe('liveCommand', () => {
  test.each([{ type: 'subscribe', project_id: 'shop', spans: true }, { type: 'subscribe' }, { type: 'pause' }])(
    'takes %j',
    (command) => expect(liveCommand.parse(command)).toEqual(command),
  )

  test.each([{ type: 'stop' }, { type: 'subscribe', project: 'shop' }, { type: 'pause', spans: true }, 'pause', null])(
    'refuses %j',
    (command) => expect(liveCommand.safeParse(command).success).toBe(false),
  )
})

describe('liveFrameJson', () => {
  test('tells events apart by their type', () => {
    const gap = { type: 'system.gap', sequence: 7, at: '2026-11-23T14:02:41.114000Z', data: { left_out: 3 } }
    expect(liveFrameJson.parse([gap])).toEqual([gap])
    expect(liveFrameJson.safeParse([{ ...gap, type: 'trace.created' }]).success).toBe(false)
  })
})
