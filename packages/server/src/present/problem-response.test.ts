import { TraceLLMError } from '@tracellm/core'
import { problemJson } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { knownError, problemOf, problemResponse } from './problem-response.ts'

describe('problemOf', () => {
  test('is the error by the table, and what it carries', () => {
    const error = new TraceLLMError('TL_TRACE_AMBIGUOUS', 'two projects know it', {
      extra: { project_ids: ['a', 'b'] },
    })
    expect(problemOf(error)).toEqual({
      type: '/docs#TL_TRACE_AMBIGUOUS',
      title: 'The trace is in more than one project',
      status: 409,
      detail: 'two projects know it',
      code: 'TL_TRACE_AMBIGUOUS',
      fix: 'Add `?project_id=`.',
      project_ids: ['a', 'b'],
    })
    expect(problemJson.safeParse(problemOf(error)).success).toBe(true)
  })

  test('what an error carries cannot pass for something else', () => {
    expect(problemOf(new TraceLLMError('TL_BAD_REQUEST', 'no', { extra: { status: 200 } })).status).toBe(400)
  })
})

describe('problemResponse', () => {
  test.each([
    ['TL_KEY_REQUIRED', 401, 'WWW-Authenticate', 'Bearer'],
    ['TL_STORE_UNAVAILABLE', 503, 'Retry-After', '1'],
    ['TL_ROUTE_NOT_FOUND', 404, 'Content-Type', 'application/problem+json'],
  ] as const)('%s is %i with %s', (code, status, header, value) => {
    const response = problemResponse(new TraceLLMError(code, 'x'))
    expect(response.status).toBe(status)
    expect(response.headers.get(header)).toBe(value)
  })
})

describe('knownError', () => {
  test('keeps quiet about what nobody expected', () => {
    const error = knownError(new Error('secret of a client'))
    expect(error.code).toBe('TL_INTERNAL')
    expect(JSON.stringify(problemOf(error))).not.toContain('secret')
  })
})
