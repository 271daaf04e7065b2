import { plainTraceInput, plainTracesInput, scoreInput } from '@tracellm/core/wire'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkInput } from './check-input.ts'

/** What the error says of each wrong field, as `path: detail`. */
function wrongIn(schema: z.ZodType, value: unknown): string[] {
  try {
    checkInput(schema, value, 'TL_BAD_BODY', 'body')
    return []
  } catch (error) {
    const { extra } = error as { extra: { errors: { path: string; detail: string }[] } }
    return extra.errors.map(({ path, detail }) => `${path}: ${detail}`)
  }
}

const score = { trace_id: 'a'.repeat(32), name: 'helpful', value: 1, source: 'human' }

describe('checkInput', () => {
  test('gives what the schema makes of the value', () => {
    expect(checkInput(scoreInput, { ...score, comment: null }, 'TL_BAD_BODY', 'body')).toEqual(score)
  })

  test('says the code, and every field in one sentence', () => {
    expect(() => checkInput(scoreInput, { ...score, name: 5, source: 'me' }, 'TL_BAD_BODY', 'body')).toThrow(
      'Bad request body: body: `name`: expected string, received number; ' +
        '`source`: expected one of "api"|"human"|"eval"',
    )
  })

  test.each([
    ['a missing field', { ...score, trace_id: undefined }, ['trace_id: missing']],
    ['a key nobody knows', { ...score, vaule: 1 }, ['vaule: not known here']],
    ['a very long one', { ...score, ['v'.repeat(9999)]: 1 }, [`${'v'.repeat(199)}…: not known here`]],
    ['a bad id', { ...score, trace_id: 'x' }, ['trace_id: 32 lowercase hex characters are asked for, not all zero']],
    [
      'a value of no fitting type',
      { ...score, value: {} },
      [
        'value: expected number, received object, or expected string, received object, or expected boolean, received object',
      ],
    ],
    ['no object at all', [], [': expected object, received array']],
  ])('names %s', (_, value, expected) => expect(wrongIn(scoreInput, value)).toEqual(expected))

  test('says where, down to the item of a list', () => {
    const steps = [{ name: 'a' }, { name: 'b', duration: -1, started_at: 1 }]
    expect(wrongIn(plainTracesInput, { traces: [{ name: 'a' }, { steps }] })).toEqual([
      'traces[1].steps[1].duration: expected number to be >=0',
      'traces[1].steps[1].started_at: not known here',
    ])
    expect(wrongIn(plainTraceInput, { name: 'a', started_at: 'noon' })).toEqual([
      'started_at: an ISO 8601 time with Z or an offset is asked for, from 1970 to June 2255',
    ])
  })

  test('names at most twenty', () => {
    const steps = Array.from({ length: 1000 }, () => ({ name: 5 }))
    expect(wrongIn(plainTraceInput, { steps })).toHaveLength(20)
  })
})
