import { promisify } from 'node:util'
import * as zlib from 'node:zlib'

export const contentEncodings = ['identity', 'gzip', 'deflate', 'zstd'] as const
export type ContentEncoding = (typeof contentEncodings)[number]

export type Inflated =
  | { readonly status: 'inflated'; readonly bytes: Uint8Array }
  | { readonly status: 'too-large' }
  | { readonly status: 'malformed'; readonly reason: string }

type CompressedEncoding = Exclude<ContentEncoding, 'identity'>

/**
 * Undoes a body's `Content-Encoding`, in this thread. It stops at `maxBytes`, so that a bomb costs no more than that.
 * A stream that is cut short, damaged or of another encoding is malformed.
 */
export function inflate(body: Uint8Array, encoding: ContentEncoding, maxBytes: number): Inflated {
  if (encoding === 'identity') return plain(body, maxBytes)
  try {
    const options = { maxOutputLength: maxBytes, chunkSize: chunkSizeOf(body, encoding, maxBytes) }
    return { status: 'inflated', bytes: inflaters[encoding](body, options) }
  } catch (error) {
    return failed(error, encoding)
  }
}

const inflaters = { gzip: zlib.gunzipSync, deflate: zlib.inflateSync, zstd: zlib.zstdDecompressSync }

/** The same beside this thread, which is worth the way there for large bodies. */
export async function inflateBeside(body: Uint8Array, encoding: ContentEncoding, maxBytes: number): Promise<Inflated> {
  if (encoding === 'identity') return plain(body, maxBytes)
  try {
    const options = { maxOutputLength: maxBytes, chunkSize: chunkSizeOf(body, encoding, maxBytes) }
    return { status: 'inflated', bytes: await inflatersBeside[encoding](body, options) }
  } catch (error) {
    return failed(error, encoding)
  }
}

const inflatersBeside = {
  gzip: promisify(zlib.gunzip) as (body: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>,
  deflate: promisify(zlib.inflate) as (body: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>,
  zstd: promisify(zlib.zstdDecompress) as (body: Uint8Array, options: zlib.ZstdOptions) => Promise<Uint8Array>,
}

function plain(body: Uint8Array, maxBytes: number): Inflated {
  return body.length > maxBytes ? { status: 'too-large' } : { status: 'inflated', bytes: body }
}

function failed(error: unknown, encoding: CompressedEncoding): Inflated {
  if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    return { status: 'too-large' }
  return {
    status: 'malformed',
    reason: `the body is not ${encoding}: ${error instanceof Error ? error.message : String(error)}`,
  }
}

const smallestChunk = 16 * 1024
const largestChunk = 16 * 1024 * 1024

/**
 * How much is inflated at a time: at best all, since pieces have to be put together afterwards. A gzip stream says at its
 * end how long it will be, which is believed within bounds.
 */
function chunkSizeOf(body: Uint8Array, encoding: CompressedEncoding, maxBytes: number): number {
  const guess = encoding === 'gzip' && body.length >= 18 ? lastFourBytes(body) + 1 : body.length * 8
  return Math.min(Math.max(Math.min(guess, body.length * 64, maxBytes), smallestChunk), largestChunk)
}

function lastFourBytes(body: Uint8Array): number {
  return new DataView(body.buffer, body.byteOffset).getUint32(body.length - 4, true)
}
