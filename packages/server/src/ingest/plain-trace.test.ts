import type { Span } from '@tracellm/core'
import { describe, expect, test } from 'vitest'
import { readPlainTraces } from './plain-request.ts'

const nowUs = 1_800_000_000_000_000
const read = (body: unknown) =>
  readPlainTraces(new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)), nowUs)
const spansOf = (body: unknown): readonly Span[] => read(body)[0]!.spans

const traceId = '5b8efff798038103d269b633813fc60c'
const full = {
  trace_id: traceId,
  name: 'answer',
  prompt: 'What is 6 by 7?',
  response: '42',
  started_at: '2026-11-23T10:00:00Z',
  session_id: 's1',
  user_id: 'anna',
  tags: ['beta'],
  metadata: { tenant: 'acme' },
  environment: 'prod',
  steps: [
    { step_id: 'think', name: 'think', model_name: 'gpt-5', input_tokens: 10, output_tokens: 2, duration: 100 },
    { tool_name: 'calculator', parent_id: 'think', input: { a: 6, b: 7 }, output: 42, duration: 5.5, success: true },
    { step_id: 'eee19b7ec3c1b174', name: 'check', success: false, error: 'wrong', duration: 1 },
  ],
}

describe('readPlainTraces', () => {
  test('makes the trace the root and hangs its steps below it', () => {
    const [root, think, tool, check] = spansOf(full)
    expect(root).toMatchObject({ traceId, name: 'answer', type: 'chain', status: 'unset' })
    expect(root?.parentId).toBeUndefined()
    expect(root?.context).toMatchObject({
      sessionId: 's1',
      userId: 'anna',
      tags: ['beta'],
      environment: 'prod',
      traceName: 'answer',
    })
    expect(think).toMatchObject({
      parentId: root?.spanId,
      type: 'llm',
      call: { requestModel: 'gpt-5', usage: { inputTokens: 10, outputTokens: 2 } },
    })
    expect(tool).toMatchObject({
      parentId: think?.spanId,
      type: 'tool',
      status: 'ok',
      tool: { name: 'calculator' },
      output: { form: 'value', value: 42 },
    })
    expect(check).toMatchObject({ spanId: 'eee19b7ec3c1b174', status: 'error', error: { message: 'wrong' } })
  })

  test('lays steps without a timestamp one after the other, and ends the root with the last', () => {
    const [root, think, tool, check] = spansOf(full)
    const startUs = Date.parse('2026-11-23T10:00:00Z') * 1000
    expect([think?.startUs, tool?.startUs, check?.startUs].map((us) => us! - startUs)).toEqual([0, 100_000, 105_500])
    expect(root?.endUs).toBe(startUs + 106_500)
  })

  test('gives the same spans for the same trace again', () => {
    expect(spansOf(full)).toEqual(spansOf(full))
  })

  test('takes a prompt and an answer of a model as one call', () => {
    const [root, ...steps] = spansOf({
      prompt: 'Hi',
      response: 'Hello',
      model_name: 'gpt-5',
      latency: 250,
      status: 'failed',
      failure_reason: 'late',
    })
    expect(steps).toEqual([])
    expect(root).toMatchObject({
      type: 'llm',
      name: 'Hi',
      status: 'error',
      error: { message: 'late' },
      startUs: nowUs - 250_000,
      endUs: nowUs,
      timeFault: 'no-start',
      call: { requestModel: 'gpt-5' },
      output: { form: 'messages', messages: [{ role: 'assistant', parts: [{ type: 'text', text: 'Hello' }] }] },
      context: { declaredStatus: 'failed' },
    })
  })

  test('takes several at once, and seconds for times', () => {
    const traces = read({ traces: [{ name: 'a', started_at: 1_800_000_000.5 }, { name: 'b' }] })
    expect(traces.map((trace) => trace.spans[0]?.name)).toEqual(['a', 'b'])
    expect(traces[0]?.spans[0]?.startUs).toBe(1_800_000_000_500_000)
    expect(traces[0]?.traceId).not.toBe(traces[1]?.traceId)
  })

  test.each([
    ['resourceSpans', 'traces'],
    ['resourceLogs', 'logs'],
    ['resourceMetrics', 'metrics'],
  ])('says where OTLP with %s goes', (field, signal) => {
    const bytes = new TextEncoder().encode(`{"${field}":[]}`)
    expect(() => readPlainTraces(bytes, 0)).toThrow(`this is OTLP (${field}): send it to /v1/${signal}`)
  })

  test('lives with lone surrogates and NUL', () => {
    const [root] = spansOf('{"prompt":"a\\ud800b\\u0000c"}')
    expect(root?.input).toEqual({ form: 'value', value: 'a\ufffdb\u0000c' })
  })

  test.each([
    ['nothing of a trace', {}, 'at least one of'],
    ['an unknown field', { name: 'a', promt: 'x' }, '`promt`'],
    ['a wrong type deep inside', { steps: [{ name: 'a', duration: 'long' }] }, '`steps[0].duration`'],
    ['a wrong type in a list', { traces: [{ name: 'a' }, { name: 3 }] }, '`traces[1].name`'],
    ['an id that is none', { name: 'a', trace_id: 'xyz' }, '`trace_id`'],
    ['a negative duration', { name: 'a', latency: -1 }, '`latency`'],
    ['a start after 2255', { name: 'a', started_at: '9999-12-31T23:59:59Z' }, '`started_at`'],
    ['a start before 1970', { name: 'a', started_at: '0001-01-01T00:00:00Z' }, '`started_at`'],
    ['a length of ages', { name: 'a', latency: 1e300 }, '`latency`'],
    ['a length that began before 1970', { name: 'a', latency: 9e12 }, '`latency`'],
    ['an end after 2255', { name: 'a', started_at: '2026-01-01', latency: 8e12 }, '`latency`'],
    ['a step of ages', { steps: [{ name: 'a', duration: 1e300 }] }, '`steps[0].duration`'],
    [
      'steps that end after 2255 one after the other',
      { traces: [{ steps: ['a', 'b'].map((name) => ({ name, duration: 4e12 })) }] },
      '`traces[0].steps[1].duration`',
    ],
    ['a step after 2255', { steps: [{ name: 'a', timestamp: '9999-01-01T00:00:00Z' }] }, '`steps[0].timestamp`'],
    ['more tokens than a call has', { steps: [{ name: 'a', input_tokens: 2 ** 53 - 1 }] }, '`steps[0].input_tokens`'],
    ['an empty list', { traces: [] }, '`traces`'],
    ['an array', [], 'body'],
    ['no JSON', '{', 'not JSON'],
    ['nothing', '', 'not JSON'],
  ])('refuses %s and says where', (_what, body, where) => {
    expect(() => read(body)).toThrow(where)
  })
})
