import { takesGzip } from './json-response.ts'

/** Texts as an answer, each sent when it is there, compressed on the way for those who can read it. */
export function streamResponse(texts: AsyncIterable<string>, request: Request): Response {
  const headers = new Headers({ 'Cache-Control': 'no-store', Vary: 'Accept-Encoding' })
  const bytes = ReadableStream.from(texts).pipeThrough(new TextEncoderStream())
  if (!takesGzip(request.headers.get('accept-encoding'))) return new Response(bytes, { headers })
  headers.set('Content-Encoding', 'gzip')
  return new Response(bytes.pipeThrough(new CompressionStream('gzip')), { headers })
}
