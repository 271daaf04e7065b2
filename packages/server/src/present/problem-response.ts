import { TraceLLMError } from '@tracellm/core'
import type { ProblemJson } from '@tracellm/core/wire'

/** An error as `application/problem+json`. Source: RFC 9457. */
export function problemResponse(error: TraceLLMError): Response {
  const { status } = error
  const headers = new Headers({ 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' })
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer')
  if (status === 429 || status === 503) headers.set('Retry-After', '1')
  return new Response(JSON.stringify(problemOf(error)), { status, headers })
}

/** The error as the document says it; what it carries for programs stands beside the fields that all have. */
export function problemOf(error: TraceLLMError): ProblemJson {
  return {
    ...error.extra,
    type: `/docs#${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.detail,
    code: error.code,
    ...(error.fix === undefined ? {} : { fix: error.fix }),
  }
}

/** Any fault as one of ours. What nobody expected is said to the log alone: it may quote what a client sent. */
export function knownError(fault: unknown): TraceLLMError {
  if (fault instanceof TraceLLMError) return fault
  return new TraceLLMError('TL_INTERNAL', 'something went wrong here that nobody expected', { cause: fault })
}
