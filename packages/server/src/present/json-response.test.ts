import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { jsonTextResponse, takesGzip } from './json-response.ts'

const asking = (acceptEncoding?: string) =>
  new Request('http://localhost/', {
    headers: acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding },
  })

describe('jsonTextResponse', () => {
  test('compresses what is above 8 KiB for those who can read it', async () => {
    const text = JSON.stringify('é'.repeat(5000))
    const response = await jsonTextResponse(text, asking('gzip, br'))
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('vary')).toBe('Accept-Encoding')
    expect(gunzipSync(await response.arrayBuffer()).toString()).toBe(text)
  })

  test('leaves the rest as it is', async () => {
    const small = await jsonTextResponse('{}', asking('gzip'))
    const plain = await jsonTextResponse(JSON.stringify('x'.repeat(9000)), asking())
    expect(small.headers.has('content-encoding')).toBe(false)
    expect(plain.headers.has('content-encoding')).toBe(false)
    expect(plain.headers.get('vary')).toBe('Accept-Encoding')
  })
})

describe('takesGzip', () => {
  test.each(['gzip', 'br, gzip;q=0.5', 'GZIP', 'x-gzip', '*', 'deflate, *;q=0.1'])('%s: yes', (header) =>
    expect(takesGzip(header)).toBe(true),
  )
  test.each([null, '', 'br', 'gzip;q=0', 'identity', '*;q=0', 'gzip;q=0, *'])('%s: no', (header) =>
    expect(takesGzip(header)).toBe(false),
  )
})
