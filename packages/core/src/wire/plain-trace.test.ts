import { describe, expect, test } from 'vitest'
import { plainTraceInput, plainTraceRequest } from './plain-trace.ts'

const pathsOf = (value: unknown) => plainTraceInput.safeParse(value).error?.issues.map((issue) => issue.path.join('.'))

describe('plainTraceInput', () => {
  test.each([{ name: 'nightly' }, { prompt: 'Why?' }, { response: 'Because.' }, { steps: [{ name: 'search' }] }])(
    'is content with %j',
    (trace) => expect(plainTraceInput.safeParse(trace).success).toBe(true),
  )

  test('takes every field, and null for what is not known', () => {
    const trace = {
      trace_id: '5b8efff798038103d269b633813fc60c',
      name: 'nightly',
      prompt: 'Why?',
      response: null,
      model_name: 'gpt-5',
      status: 'warning',
      latency: 12.5,
      started_at: '2026-11-23T14:02:41.114Z',
      session_id: 's',
      user_id: 'u',
      tags: ['a'],
      metadata: { deep: [1, { x: null }] },
      environment: 'dev',
      failure_reason: null,
      steps: [
        {
          step_id: 'one',
          tool_name: 'search',
          type: 'tool',
          input: { q: 1 },
          output: null,
          duration: 3,
          success: true,
        },
        { parent_id: 'one', name: 'read', timestamp: 1_795_442_561.5, error: 'no', input_tokens: 3, output_tokens: 0 },
      ],
    }
    const { response: _, failure_reason: __, ...known } = trace
    expect(plainTraceInput.parse(trace)).toEqual(known)
  })

  test.each([
    ['nothing said', {}, ['']],
    ['only an empty list of steps', { steps: [] }, ['']],
    ['a misspelt key', { name: 'a', promt: 'Why?' }, ['']],
    ['a bad id', { name: 'a', trace_id: 'abc' }, ['trace_id']],
    ['a time without an offset', { name: 'a', started_at: '2026-11-23T14:02:41' }, ['started_at']],
    ['a step without a name', { steps: [{ type: 'tool' }] }, ['steps.0']],
    ['a negative duration', { steps: [{ name: 'a', duration: -1 }] }, ['steps.0.duration']],
    ['half a token', { steps: [{ name: 'a', input_tokens: 1.5 }] }, ['steps.0.input_tokens']],
  ])('refuses %s', (_, trace, paths) => expect(pathsOf(trace)).toEqual(paths))
})

describe('plainTraceRequest', () => {
  test('is one trace or several', () => {
    expect(plainTraceRequest.safeParse({ name: 'a' }).success).toBe(true)
    expect(plainTraceRequest.safeParse({ traces: [{ name: 'a' }, { name: 'b' }] }).success).toBe(true)
    expect(plainTraceRequest.safeParse({ traces: [] }).success).toBe(false)
    expect(plainTraceRequest.safeParse([{ name: 'a' }]).success).toBe(false)
  })
})
