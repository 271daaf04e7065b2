import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DecodedLog } from '../otlp/log-request.ts'
import type { LogEvent } from '../span/log-event.ts'
import { sentAttributes, sentLog, sentResource, sentScope, type Sent } from './hand-made.ts'
import { mapLog } from './map-log.ts'
import { keyIndex } from './table/all-fields.ts'
import { logRules } from './table/log-event.ts'

function mapSentLog(attributes: Sent, more: Partial<DecodedLog> = {}): LogEvent | undefined {
  return mapLog(sentLog(attributes, more), { receivedUs: 9_000_000 })
}

const claude = { scope: sentScope('com.anthropic.claude_code.events', '2.1') }
const codex = { scope: sentScope('codex_otel.log_only'), resource: sentResource({ 'service.name': 'codex_exec' }) }

describe('mapLog, names', () => {
  test('an attribute says it, else the record’s own name, else a body that is nothing but a name', () => {
    expect(mapSentLog({ 'event.name': 'gen_ai.user.message' }, { body: 'x' })?.name).toBe('gen_ai.user.message')
    expect(mapSentLog({}, { eventName: 'gen_ai.choice', body: sentAttributes({ content: 'x' }) })?.name).toBe(
      'gen_ai.choice',
    )
    expect(mapSentLog({}, { body: 'claude_code.auth' })?.name).toBe('claude_code.auth')
  })

  test('a bare name gets the prefix of the program that logs', () => {
    expect(mapSentLog({ 'event.name': 'api_request' }, claude)?.name).toBe('claude_code.api_request')
    expect(mapSentLog({ 'event.name': 'api_request' })).toBeUndefined()
  })

  test('Codex names its events in an attribute, and a place in its source in the record’s own name', () => {
    const event = mapSentLog(
      { 'event.name': 'codex.user_prompt', prompt: 'hi' },
      { ...codex, eventName: 'event otel/src/lib.rs:42' },
    )
    expect(event).toMatchObject({ name: 'codex.user_prompt', dialect: 'codex' })
  })

  test('anybody else’s log record is none of ours', () => {
    expect(mapSentLog({ 'http.route': '/' }, { body: 'GET / 200' })).toBeUndefined()
    expect(mapSentLog({ 'event.name': 'user.created' })).toBeUndefined()
    expect(mapSentLog({ 'event.name': 'toString' })).toBeUndefined()
  })
})

describe('mapLog, times', () => {
  test('its own, else when it was seen, else what it says, else when it came', () => {
    const sent = { 'event.name': 'gen_ai.choice', 'event.timestamp': '2026-11-23T08:37:50.113Z' }
    expect(mapSentLog(sent, { observedTimeUs: 7 })?.timeUs).toBe(1_000_000)
    expect(mapSentLog(sent, { timeUs: undefined, observedTimeUs: 7 })?.timeUs).toBe(7)
    expect(mapSentLog(sent, { timeUs: undefined })?.timeUs).toBe(1_795_423_070_113_000)
    expect(mapSentLog({ 'event.name': 'gen_ai.choice' }, { timeUs: undefined })?.timeUs).toBe(9_000_000)
  })
})

describe('mapLog, context', () => {
  test('environment and release are the record’s own, else its process’s', () => {
    const resource = sentResource({ 'deployment.environment.name': 'prod', 'service.version': '2' })
    const sent = { 'event.name': 'gen_ai.choice' }
    expect(mapSentLog(sent, { resource })).toMatchObject({ environment: 'prod', release: '2' })
    expect(mapSentLog({ ...sent, 'deployment.environment.name': 'dev' }, { resource })?.environment).toBe('dev')
  })
})

describe('mapLog, GenAI', () => {
  test('a message whose fields are attributes', () => {
    const event = mapSentLog({ 'event.name': 'gen_ai.user.message', content: 'Weather?', app: 'shop' })
    expect(event?.input).toEqual([{ role: 'user', parts: [{ type: 'text', text: 'Weather?' }] }])
    expect(event?.attributes).toEqual({ app: 'shop' })
  })

  test('the whole operation: content, model, figures', () => {
    const event = mapSentLog(
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-mock',
        'gen_ai.response.id': 'r1',
        'gen_ai.system_instructions': [{ type: 'text', content: 'Be brief.' }],
        'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Weather?' }] }],
        'gen_ai.usage.input_tokens': 42,
        'gen_ai.conversation.id': 's1',
      },
      { eventName: 'gen_ai.client.inference.operation.details' },
    )
    expect(event).toMatchObject({
      requestId: 'r1',
      sessionId: 's1',
      call: { provider: 'openai', requestModel: 'gpt-mock', responseId: 'r1', usage: { inputTokens: 42 } },
    })
    expect(event?.input?.map(({ role }) => role)).toEqual(['system', 'user'])
    expect(event?.standsFor).toBeUndefined()
  })

  test('an exception, and an evaluation of a response', () => {
    expect(
      mapSentLog(
        { 'exception.type': 'Timeout', 'exception.message': 'too slow' },
        { eventName: 'gen_ai.client.operation.exception' },
      )?.error,
    ).toEqual({ message: 'too slow', type: 'Timeout' })
    const event = mapSentLog(
      { 'gen_ai.evaluation.name': 'tone', 'gen_ai.evaluation.score.label': 'polite', 'gen_ai.response.id': 'r1' },
      { eventName: 'gen_ai.evaluation.result' },
    )
    expect(event).toMatchObject({ requestId: 'r1', evaluations: [{ name: 'tone', label: 'polite', target: 'span' }] })
  })
})

describe('mapLog, Claude Code', () => {
  test('a failed request stands for a failed call', () => {
    const event = mapSentLog(
      {
        'event.name': 'api_error',
        model: 'claude-mock',
        error: 'overloaded',
        status_code: 529,
        duration_ms: '80',
        request_id: 'req_1',
        attempt: 3,
      },
      claude,
    )
    expect(event).toMatchObject({
      requestId: 'req_1',
      error: { message: 'overloaded' },
      call: { provider: 'anthropic', requestModel: 'claude-mock' },
      standsFor: { type: 'llm', name: 'claude-mock', durationUs: 80_000, failed: true },
      attributes: { status_code: 529, attempt: 3 },
    })
  })

  test('a tool that failed', () => {
    const event = mapSentLog(
      { 'event.name': 'tool_result', tool_name: 'Bash', success: 'false', error: 'exit 1', tool_use_id: 't1' },
      claude,
    )
    expect(event).toMatchObject({
      toolCallId: 't1',
      error: { message: 'exit 1' },
      standsFor: { type: 'tool', name: 'Bash', failed: true },
    })
  })

  test('a prompt that may not be logged is none', () => {
    const event = mapSentLog(
      { 'event.name': 'user_prompt', prompt: '<REDACTED>', prompt_length: '17', 'prompt.id': 'p1' },
      claude,
    )
    expect(event).toMatchObject({ promptId: 'p1', standsFor: { type: 'prompt' }, attributes: { prompt: '<REDACTED>' } })
    expect(event?.input).toBeUndefined()
  })

  test('bodies of requests and responses; a cut one stays as it is', () => {
    const body = JSON.stringify({
      model: 'claude-mock',
      system: 'Be brief.',
      messages: [{ role: 'user', content: 'Weather?' }],
    })
    const event = mapSentLog({ 'event.name': 'api_request_body', body }, claude)
    expect(event?.input?.map(({ role }) => role)).toEqual(['system', 'user'])
    expect(event?.attributes['body']).toEqual({ model: 'claude-mock' })
    const cut = mapSentLog(
      { 'event.name': 'api_request_body', body: body.slice(0, 60), body_truncated: 'true' },
      claude,
    )
    expect(cut?.input).toBeUndefined()
    expect(cut?.attributes['body']).toBe(body.slice(0, 60))
  })
})

describe('mapLog, Codex', () => {
  test('the end of the stream has the figures, as text, and stands for the call', () => {
    const event = mapSentLog(
      {
        'event.name': 'codex.sse_event',
        'event.kind': 'response.completed',
        'conversation.id': 's1',
        model: 'gpt-mock',
        input_token_count: '42',
        output_token_count: '17',
        cached_token_count: '10',
        reasoning_token_count: '5',
        tool_token_count: '59',
        duration_ms: '300',
      },
      codex,
    )
    expect(event).toMatchObject({
      sessionId: 's1',
      call: {
        requestModel: 'gpt-mock',
        usage: { inputTokens: 42, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 },
      },
      standsFor: { type: 'llm', name: 'gpt-mock', durationUs: 300_000, failed: false },
    })
  })

  test('pieces of the stream say nothing', () => {
    expect(
      mapSentLog({ 'event.name': 'codex.sse_event', 'event.kind': 'response.output_text.delta' }, codex),
    ).toBeUndefined()
  })

  test('a request stands for a call only when it failed', () => {
    const sent = { 'event.name': 'codex.api_request', model: 'gpt-mock', duration_ms: '300' }
    expect(mapSentLog({ ...sent, 'http.response.status_code': 200 }, codex)?.standsFor).toBeUndefined()
    expect(mapSentLog({ ...sent, 'error.message': 'stream closed' }, codex)).toMatchObject({
      error: { message: 'stream closed' },
      standsFor: { type: 'llm', failed: true },
    })
  })

  test('a tool with its arguments and output', () => {
    const event = mapSentLog(
      {
        'event.name': 'codex.tool_result',
        tool_name: 'shell',
        call_id: 'c1',
        arguments: '{"cmd":"ls"}',
        output: 'a.txt',
        success: 'true',
        duration_ms: '12',
      },
      codex,
    )
    expect(event).toMatchObject({
      toolCallId: 'c1',
      inputValue: { cmd: 'ls' },
      outputValue: 'a.txt',
      standsFor: { type: 'tool', name: 'shell', durationUs: 12_000, failed: false },
    })
  })
})

function piece(text: string): unknown {
  return { candidates: [{ content: { role: 'model', parts: [{ text }] } }] }
}

describe('mapLog, Gemini CLI', () => {
  test('an answer that came in pieces is one message', () => {
    const event = mapSentLog(
      {
        'event.name': 'gemini_cli.api_response',
        model: 'gemini-mock',
        response_text: JSON.stringify([piece('sun'), piece('ny')]),
      },
      { scope: sentScope('gemini-cli') },
    )
    expect(event?.output).toEqual([{ role: 'assistant', parts: [{ type: 'text', text: 'sunny' }] }])
  })
})

describe('mapLog, whatever comes', () => {
  const keys = keyIndex.keys.map((key) => key.replace(/[*#]$/, '0.x'))
  const value = fc.oneof(
    fc.string(),
    fc.double(),
    fc.bigInt(),
    fc.json(),
    fc.array(fc.string()),
    fc.uint8Array({ maxLength: 4 }),
  )
  const sent = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), value, {
    maxKeys: 15,
  }) as fc.Arbitrary<Sent>
  const names = [...Object.keys(logRules), 'api_request', 'anything']

  test('never throws', () => {
    fc.assert(
      fc.property(
        sent,
        fc.constantFrom(...names),
        fc.option(value),
        fc.constantFrom('', claude.scope.name, 'codex'),
        (attributes, name, body, scope) => {
          const event = mapSentLog(
            { ...attributes, 'event.name': name },
            { body: body ?? undefined, scope: sentScope(scope) },
          )
          expect(event === undefined || JSON.stringify(event) !== '').toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })
})
