import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'

export const contentEncodings = ['identity', 'gzip', 'deflate', 'zstd'] as const
export type ContentEncoding = (typeof contentEncodings)[number]

export type Inflated =
  | { readonly status: 'inflated'; readonly bytes: Uint8Array }
  | { readonly status: 'too-large' }
  | { readonly status: 'malformed'; readonly reason: string }

/**
 * Undoes a body's `Content-Encoding`, in this thread. It stops at `maxBytes`, so that a bomb costs no more than that.
 * A stream that is cut short, damaged or of another encoding is malformed.
 */
export function inflate(body: Uint8Array, encoding: ContentEncoding, maxBytes: number): Inflated {
  if (encoding === 'identity')
    return body.length > maxBytes ? { status: 'too-large' } : { status: 'inflated', bytes: body }
  try {
    const bytes = inflaters[encoding](body, { maxOutputLength: maxBytes, chunkSize: chunkSizeOf(body) })
    return { status: 'inflated', bytes }
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      return { status: 'too-large' }
    return {
      status: 'malformed',
      reason: `the body is not ${encoding}: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

const inflaters = { gzip: gunzipSync, deflate: inflateSync, zstd: zstdDecompressSync }

/** Larger chunks save calls for large bodies and cost more than they save for small ones. */
function chunkSizeOf(body: Uint8Array): number {
  return body.length > 64 * 1024 ? 1024 * 1024 : 64 * 1024
}
