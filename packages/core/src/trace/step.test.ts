import { describe, expect, test } from 'vitest'
import { sampleSpan } from './sample-span.ts'
import { stepOf } from './step.ts'

describe('stepOf', () => {
  test('takes model, tokens, cost and duration of a call', () => {
    const span = sampleSpan({
      id: 1,
      type: 'llm',
      startUs: 5,
      endUs: 8,
      call: {
        requestModel: 'gpt-4o',
        responseModel: 'gpt-4o-2024',
        usage: { inputTokens: 3, outputTokens: 4 },
        cost: { nanoUsd: 5, source: 'priced' },
        timeToFirstUs: 2,
      },
    })
    expect(stepOf(span, 2)).toMatchObject({
      model: 'gpt-4o-2024',
      durationUs: 3,
      inputTokens: 3,
      outputTokens: 4,
      costNanoUsd: 5,
      timeToFirstUs: 2,
      attempt: 2,
    })
  })

  test('says what was done', () => {
    const input = { form: 'value', value: { query: 'weather in Oslo' } } as const
    expect(stepOf(sampleSpan({ id: 1, type: 'tool', input }), 1).summary).toBe('weather in Oslo')
  })

  test('has no duration while the span is open', () => {
    expect(stepOf(sampleSpan({ id: 1, endUs: undefined }), 1).durationUs).toBeUndefined()
  })

  test('gives the error of a failed span: its message cut to 500 characters, else its type', () => {
    const error = { message: 'x'.repeat(501), type: 'TimeoutError' }
    expect(stepOf(sampleSpan({ id: 1, status: 'error', error }), 1).error).toBe(`${'x'.repeat(499)}…`)
    expect(stepOf(sampleSpan({ id: 1, status: 'error', error: { type: 'TimeoutError' } }), 1).error).toBe(
      'TimeoutError',
    )
    expect(stepOf(sampleSpan({ id: 1, status: 'ok', error }), 1).error).toBeUndefined()
  })
})
