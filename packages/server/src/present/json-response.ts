import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'

/** Above this an answer is compressed for those who can read it. */
const compressAboveBytes = 8 * 1024

const compress = promisify(gzip)

/** A value as a JSON answer to this request. */
export function jsonResponse(value: unknown, request: Request, status = 200): Promise<Response> {
  return jsonTextResponse(JSON.stringify(value), request, status)
}

/**
 * JSON text as an answer to this request. Compressed quickly rather than tightly, in Node's thread pool: most readers
 * are on this machine.
 */
export async function jsonTextResponse(text: string, request: Request, status = 200): Promise<Response> {
  const headers = new Headers({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  const bytes = Buffer.from(text)
  if (bytes.length <= compressAboveBytes) return new Response(bytes, { status, headers })
  headers.set('Vary', 'Accept-Encoding')
  if (!takesGzip(request.headers.get('accept-encoding'))) return new Response(bytes, { status, headers })
  headers.set('Content-Encoding', 'gzip')
  const compressed = await compress(bytes, { level: constants.Z_BEST_SPEED })
  return new Response(compressed, { status, headers })
}

/** Source: RFC 9110, section 12.5.3. */
export function takesGzip(acceptEncoding: string | null): boolean {
  const weights = new Map(
    (acceptEncoding ?? '').split(',').map((item) => {
      const [coding = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return [coding, weight === undefined ? 1 : Number(weight.slice(2))]
    }),
  )
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
}
