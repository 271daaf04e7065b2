import { TraceLLMError } from '@tracellm/core'
import { jsonTextResponse } from './json-response.ts'
import { problemResponse } from './problem-response.ts'

/** Where a part of an answer starts and ends, both bytes included. */
interface ByteRange {
  readonly first: number
  readonly last: number
}

/**
 * JSON text, or the part of its bytes that the request asks for with `Range`.
 * A range that lies beyond the end gets a problem. Several ranges at once get the whole, which a server is free to send. Source: RFC 9110, section 14.
 */
export async function rangeResponse(json: string, request: Request): Promise<Response> {
  const bytes = Buffer.from(json)
  const range = readRange(request.headers.get('range'), bytes.length)
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', 'Accept-Ranges': 'bytes' }
  if (range === 'unsatisfiable') {
    const response = problemResponse(new TraceLLMError('TL_RANGE_UNSATISFIABLE', `there are ${bytes.length} bytes`))
    response.headers.set('Accept-Ranges', 'bytes')
    response.headers.set('Content-Range', `bytes */${bytes.length}`)
    return response
  }
  if (range === undefined) {
    const response = await jsonTextResponse(json, request)
    response.headers.set('Accept-Ranges', 'bytes')
    return response
  }
  const { first, last } = range
  return new Response(bytes.subarray(first, last + 1), {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${first}-${last}/${bytes.length}` },
  })
}

/** @returns `undefined` where the whole is to be sent: no range, several, or one that makes no sense. */
function readRange(header: string | null, length: number): ByteRange | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined
  if (from === '') {
    const suffix = Math.min(Number(to), length)
    return suffix === 0 ? 'unsatisfiable' : { first: length - suffix, last: length - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return undefined
  return first >= length ? 'unsatisfiable' : { first, last: to === '' ? length - 1 : Math.min(Number(to), length - 1) }
}
