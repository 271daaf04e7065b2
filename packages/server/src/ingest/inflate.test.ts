import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { inflate, inflateBeside } from './inflate.ts'

const text = Buffer.from('what was sent, '.repeat(1000))

function withLength(body: Buffer, length: number): Buffer {
  body.writeUInt32LE(length, body.length - 4)
  return body
}

describe.each([
  ['inflate', inflate],
  ['inflateBeside', inflateBeside],
])('%s', (_name, undo) => {
  test.each([
    ['identity', text],
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['zstd', zstdCompressSync(text)],
  ] as const)('undoes %s', async (encoding, body) => {
    const result = await undo(body, encoding, 1e6)
    expect(result.status === 'inflated' && Buffer.from(result.bytes).equals(text)).toBe(true)
  })

  test.each([
    ['identity', text],
    ['gzip', gzipSync(Buffer.alloc(10_000_000))],
    ['deflate', deflateSync(Buffer.alloc(10_000_000))],
    ['zstd', zstdCompressSync(Buffer.alloc(10_000_000))],
  ] as const)('stops at the limit with %s', async (encoding, body) => {
    expect(await undo(body, encoding, 5000)).toEqual({ status: 'too-large' })
  })

  test.each([
    ['gzip', 'a plain body', text],
    ['gzip', 'a cut stream', gzipSync(text).subarray(0, 30)],
    ['deflate', 'a plain body', text],
    ['zstd', 'a plain body', text],
    ['zstd', 'a cut stream', zstdCompressSync(text).subarray(0, 20)],
    ['gzip', 'a length at its end that is not its own', withLength(gzipSync(text), 0xffff_ffff)],
    ['gzip', 'nothing', Buffer.alloc(0)],
  ] as const)('%s: %s is malformed', async (encoding, _what, body) => {
    expect(await undo(body, encoding, 1e6)).toMatchObject({
      status: 'malformed',
      reason: expect.stringContaining(encoding),
    })
  })
})
