import { gzipSync, zstdCompressSync } from 'node:zlib'

/** A request as a client without a library would send it. */
export interface RawRequest {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

export const json = { 'content-type': 'application/json' }
export const protobuf = { 'content-type': 'application/x-protobuf' }

let spans = 0

/** 16 or 32 hex characters that no other test uses. */
export function freshId(characters: 16 | 32): string {
  spans += 1
  return spans.toString(16).padStart(8, '0').padStart(characters, 'ab')
}

/** One OTLP/JSON span that is right in every respect, with some of it changed. */
export function spanJson(changed: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    traceId: freshId(32),
    spanId: freshId(16),
    name: 'good',
    kind: 1,
    startTimeUnixNano: '1800000000000000000',
    endTimeUnixNano: '1800000001000000000',
    ...changed,
  }
}

export function requestOf(...list: readonly Record<string, unknown>[]): Record<string, unknown> {
  return { resourceSpans: [{ resource: {}, scopeSpans: [{ scope: { name: 'e2e' }, spans: list }] }] }
}

/** An export request of these spans. */
export function traces(...list: readonly Record<string, unknown>[]): RawRequest {
  return { headers: json, body: JSON.stringify(requestOf(...list)) }
}

/** Any text as the body of a JSON request. */
export function text(body: string): RawRequest {
  return { headers: json, body }
}

export function compressed(encoding: 'gzip' | 'zstd', body: string | Uint8Array): RawRequest {
  const compress = { gzip: gzipSync, zstd: zstdCompressSync }[encoding]
  return { headers: { ...json, 'content-encoding': encoding }, body: new Uint8Array(compress(body)) }
}

/** A span in protobuf whose trace id breaks off: field 1 (16 bytes announced, 3 there), inside each of its layers. */
export const cutProtobuf = new Uint8Array([0x0a, 0x20, 0x12, 0x1e, 0x12, 0x1c, 0x0a, 0x10, 1, 2, 3])

/** `{"a":{"a":…1…}}` as a kvlist in a kvlist in a kvlist. */
export function deepAttribute(depth: number): string {
  const open = '{"kvlistValue":{"values":[{"key":"a","value":'
  return `${open.repeat(depth)}{"intValue":1}${'}]}}'.repeat(depth)}`
}
