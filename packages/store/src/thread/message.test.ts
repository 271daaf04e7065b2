import { TraceLLMError } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { decodeError, encodeError } from './message.ts'

/** An error as the other thread has it. */
function sent(error: unknown): TraceLLMError {
  return decodeError(structuredClone(encodeError(error)))
}

function chainOf(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...chainOf(error.cause)] : []
}

describe('encodeError', () => {
  test('keeps what an error came of, and what that came of', () => {
    const origin = new TypeError('x is not a function')
    const cause = new Error('the batch cannot be read', { cause: origin })
    const { cause: received } = sent(new TraceLLMError('TL_STORE_CORRUPT', 'page 7', { cause }))
    expect(received).toMatchObject({
      message: 'the batch cannot be read',
      cause: { name: 'TypeError', message: 'x is not a function', stack: origin.stack },
    })
  })

  test('follows a chain that has no end for a while only', () => {
    const error = new Error('round and round')
    error.cause = error
    expect(chainOf(sent(error).cause)).toEqual(Array.from({ length: 5 }, () => 'round and round'))
  })

  test.each([
    ['text', 'text'],
    [Object.create(null), 'something that is no text'],
  ])('keeps what is no error, as text', (thrown, message) => {
    expect(sent(thrown).cause).toMatchObject({ message })
  })
})
