import { describe, expect, test } from 'vitest'
import { rangeResponse } from './range-response.ts'

async function ask(range?: string, json = '"héllo"') {
  const response = await rangeResponse(json, new Request('http://localhost/', { headers: range ? { range } : {} }))
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, range: response.headers.get('content-range'), bytes: bytes.toString('latin1') }
}

const whole = Buffer.from('"héllo"').toString('latin1')

describe('rangeResponse', () => {
  test.each([undefined, 'bytes=a-b', 'lines=0-1', 'bytes=0-1,3-4', 'bytes=5-2', 'bytes=-'])(
    '%s: the whole',
    async (range) => {
      expect(await ask(range)).toEqual({ status: 200, range: null, bytes: whole })
    },
  )

  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=2-4', 2, 4],
    ['bytes=2-', 2, 7],
    ['bytes=-3', 5, 7],
    ['bytes=-100', 0, 7],
    ['bytes=6-100', 6, 7],
  ])('%s: bytes %i to %i of 8', async (range, first, last) => {
    expect(await ask(range)).toEqual({
      status: 206,
      range: `bytes ${first}-${last}/8`,
      bytes: whole.slice(first, last + 1),
    })
  })

  test.each(['bytes=8-', 'bytes=8-9', 'bytes=-0'])('%s: there is nothing there', async (range) => {
    const { status, range: length, bytes } = await ask(range)
    expect({ status, length }).toEqual({ status: 416, length: 'bytes */8' })
    expect(JSON.parse(bytes)).toMatchObject({
      status: 416,
      code: 'TL_RANGE_UNSATISFIABLE',
      detail: 'there are 8 bytes',
    })
  })

  test('a part is never compressed, since it counts bytes of the text', async () => {
    const request = new Request('http://localhost/', { headers: { range: 'bytes=0-9999', 'accept-encoding': 'gzip' } })
    const response = await rangeResponse(JSON.stringify('x'.repeat(20_000)), request)
    expect(response.headers.has('content-encoding')).toBe(false)
    expect((await response.text()).length).toBe(10_000)
  })
})
