import { describe, expect, test } from 'vitest'
import { nextLiveStatus, type LiveStatus } from './live-status.ts'

const start: LiveStatus = { state: { status: 'connecting', attempt: 1 }, heardMs: undefined, retryMs: undefined }

describe('nextLiveStatus', () => {
  test('remembers when the server was last heard, through all attempts to reach it again', () => {
    const open = nextLiveStatus(start, { status: 'open', resumed: false }, 1000)
    const lost = nextLiveStatus(open, { status: 'waiting', attempt: 1, delayMs: 500 }, 2000)
    const again = nextLiveStatus(lost, { status: 'waiting', attempt: 2, delayMs: 900 }, 3000)
    expect(lost).toMatchObject({ heardMs: 2000, retryMs: 2500 })
    expect(again).toMatchObject({ heardMs: 2000, retryMs: 3900 })
  })

  test('goes on saying that the server is gone while it tries again', () => {
    const lost = nextLiveStatus(start, { status: 'waiting', attempt: 4, delayMs: 500 }, 2000)
    const trying = nextLiveStatus(lost, { status: 'connecting', attempt: 5 }, 2500)
    expect(trying).toEqual({ ...lost, retryMs: undefined })
    expect(nextLiveStatus(trying, { status: 'open', resumed: true }, 2600).state.status).toBe('open')
  })
})
