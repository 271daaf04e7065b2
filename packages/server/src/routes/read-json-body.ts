import { TraceLLMError } from '@tracellm/core'
import type { z } from 'zod'
import { checkInput } from './check-input.ts'

/** Of the bodies that manage things: scores, projects, keys. Spans have a reader and limits of their own. */
const maxBytes = 1024 * 1024

/**
 * The JSON body of a request, checked. A request without a body is `undefined` to the schema.
 * @throws TraceLLMError `TL_BAD_BODY`, `TL_BODY_TOO_LARGE`, `TL_UNSUPPORTED_TYPE`.
 */
export async function readJsonBody<Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
): Promise<z.output<Schema>> {
  const text = await readText(request)
  return checkInput(schema, text === '' ? undefined : parseJson(text, request), 'TL_BAD_BODY', 'body')
}

/** A page of another site can send JSON only as `text/plain` without asking first; here it has to say what it sends. */
function parseJson(text: string, request: Request): unknown {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new TraceLLMError('TL_UNSUPPORTED_TYPE', 'the body must be `application/json`, and say so in `Content-Type`')
  }
  if (request.headers.has('content-encoding')) {
    throw new TraceLLMError('TL_UNSUPPORTED_TYPE', 'the body must not be compressed here')
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TraceLLMError('TL_BAD_BODY', 'body: not JSON', { cause: error })
  }
}

async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let bytes = 0
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new TraceLLMError('TL_BODY_TOO_LARGE', `the body is larger than ${maxBytes} bytes`)
      text += decoder.decode(chunk, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    if (error instanceof TraceLLMError) throw error
    throw new TraceLLMError('TL_BAD_BODY', 'body: broken off, or not UTF-8', { cause: error })
  }
}
