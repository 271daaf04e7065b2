import { describe, expect, test } from 'vitest'
import { sentAttributes, sentLog } from './hand-made.ts'
import { logPlaces } from './log-places.ts'
import { mapLog } from './map-log.ts'

function said(content: string, spanId = '1'): NonNullable<ReturnType<typeof mapLog>> {
  const log = sentLog({}, { eventName: 'gen_ai.user.message', body: sentAttributes({ content }) })
  return { ...mapLog(log, { receivedUs: 1 })!, spanId: spanId as never }
}

describe('logPlaces', () => {
  test('numbers what is said of one span at one time, the same words again among it', () => {
    const places = logPlaces()
    const events = [said('yes'), said('no'), said('yes'), said('yes', '2')].map(places)
    expect(events.map(({ place }) => place)).toEqual([undefined, 1, 2, undefined])
  })

  test('begins anew with each request, and when time goes on', () => {
    const first = logPlaces()
    first(said('yes'))
    expect(first({ ...said('yes'), timeUs: 2 }).place).toBeUndefined()
    expect(logPlaces()(said('yes')).place).toBeUndefined()
  })
})
