import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSpanId } from '../ids/ids.ts'
import type { AttributeValue } from '../otlp/any-value.ts'
import type { SpanId, TraceId } from '../ids/ids.ts'
import { mapSent, sentAttributes, sentEvent, sentResource, sentScope, sentSpan, type Sent } from './hand-made.ts'
import { mapSpan } from './map-span.ts'
import { keyIndex } from './table/all-fields.ts'

const chat: Sent = { 'gen_ai.operation.name': 'chat' }

describe('mapSpan', () => {
  test('keeps what OpenTelemetry says of every span', () => {
    const span = mapSent(
      {},
      {
        parentSpanId: '00f067aa0ba902b7' as SpanId,
        name: 'GET /',
        kind: 3,
        traceState: 'a=b',
        flags: 257,
        droppedAttributesCount: 2,
        droppedLinksCount: 1,
        links: [
          {
            traceId: '4bf92f3577b34da6a3ce929d0e0e4736' as TraceId,
            spanId: '53995c3f42cd8ad8' as SpanId,
            attributes: sentAttributes({ why: 'follows' }),
            droppedAttributesCount: 0,
          },
        ],
        events: [sentEvent('cache.miss', { size: 5n })],
        status: { code: 1 },
      },
    )
    expect(span).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      parentId: '00f067aa0ba902b7',
      name: 'GET /',
      type: 'span',
      kind: 'client',
      status: 'ok',
      origin: 'span',
      startUs: 1_000_000,
      endUs: 2_000_000,
      traceState: 'a=b',
      flags: 257,
      dropped: { attributes: 2, links: 1 },
      links: [{ spanId: '53995c3f42cd8ad8', attributes: { why: 'follows' } }],
      events: [{ name: 'cache.miss', timeUs: 1_000_500, attributes: { size: '5' } }],
    })
    expect(span.originalName).toBeUndefined()
    expect(span.error).toBeUndefined()
    expect(span.call).toBeUndefined()
  })

  test.each<Sent>([
    { 'gen_ai.usage.input_tokens': Number.MAX_SAFE_INTEGER },
    { 'gen_ai.usage.cost': 9_000_000 },
    { 'langfuse.observation.usage_details': '{"input":1e300}' },
    { 'langfuse.observation.usage_details': '{"input":900000000,"input_cached_tokens":900000000}' },
    { 'langfuse.observation.cost_details': '{"input":9000,"output":9000}' },
    { 'llm.cost.prompt': 9000, 'llm.cost.completion': 9000 },
  ])('figures that no call can have are not taken, and stay: %j', (sent) => {
    const { call, attributes } = mapSent({ ...chat, ...sent })
    expect(call?.usage).toBeUndefined()
    expect(call?.cost).toBeUndefined()
    expect(attributes).toMatchObject(sent)
  })

  test('attributes that no row understands stay as they were sent', () => {
    const sent = { plain: 'a', count: 3, list: [1, 'b'], huge: 2n ** 60n, bytes: new Uint8Array([1, 2]) }
    expect(mapSent(sent).attributes).toEqual({ ...sent, huge: '1152921504606846976', bytes: 'AQI=' })
  })

  test('names the keys it used up, flat lists and metadata by their prefix', () => {
    const span = mapSent({
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-mock',
      'llm.input_messages.1.message.content': 'b',
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': 'a',
      'langfuse.trace.metadata.tenant': 'acme',
      'langfuse.trace.metadata.tier': '2',
    })
    expect(new Set(span.source.usedKeys)).toEqual(
      new Set(['llm.model_name', 'llm.input_messages.#', 'langfuse.trace.metadata.*']),
    )
    expect(span.attributes).toEqual({ 'openinference.span.kind': 'LLM' })
    expect(span.source.dialects).toEqual(expect.arrayContaining(['openinference', 'langfuse']))
  })

  test('a key that lost stays when it says something else', () => {
    const span = mapSent({
      ...chat,
      'session.id': 's',
      'gen_ai.conversation.id': 'c',
      'user.id': 'u',
      'enduser.id': 'u',
    })
    expect(span.context).toMatchObject({ sessionId: 's', userId: 'u' })
    expect(span.attributes).toEqual({ ...chat, 'gen_ai.conversation.id': 'c' })
  })

  test('a word that was put into our own stays beside it', () => {
    const span = mapSent({
      ...chat,
      'gen_ai.system': 'openai.responses',
      'gen_ai.response.finish_reasons': ['end_turn'],
      'llm.system': 'openai',
    })
    expect(span.call).toEqual({ provider: 'openai', finishReasons: ['stop'] })
    expect(span.attributes).toMatchObject({
      'gen_ai.system': 'openai.responses',
      'gen_ai.response.finish_reasons': ['end_turn'],
    })
  })

  test('spans of one scope of which the same was used share their source', () => {
    const resource = sentResource({ 'service.name': 'shop' })
    const scope = sentScope('lib', '1')
    const [one, other] = [1, 2].map((tokens) =>
      mapSent({ ...chat, 'gen_ai.usage.input_tokens': tokens }, { resource, scope }),
    )
    expect(one!.source).toBe(other!.source)
    expect(one!.source).toEqual({
      resource: { attributes: { 'service.name': 'shop' } },
      scope: { name: 'lib', version: '1' },
      dialects: ['gen-ai'],
      usedKeys: ['gen_ai.usage.input_tokens'],
      mappingVersion: 1,
    })
  })

  test('an attribute named __proto__ is one like any other', () => {
    const sent = JSON.parse('{"__proto__":{"polluted":1},"constructor":"x"}') as Sent
    const span = mapSent(sent)
    expect(Object.keys(span.attributes)).toEqual(['__proto__', 'constructor'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('mapSpan, names', () => {
  test.each([
    [{ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search' }, 'search'],
    [{ 'ai.operationId': 'ai.toolCall', 'ai.toolCall.name': 'search', 'ai.telemetry.functionId': 'f' }, 'search'],
    [{ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'planner' }, 'planner'],
    [{ 'openinference.span.kind': 'AGENT', 'agent.name': 'planner', 'graph.node.name': 'n' }, 'planner'],
    [{ 'openinference.span.kind': 'AGENT', 'graph.node.name': 'n' }, 'step'],
    [{ ...chat, 'logfire.msg': 'chat gpt-mock' }, 'chat gpt-mock'],
    [{ 'langsmith.span.kind': 'chain', 'langsmith.trace.name': 'RunnableSequence' }, 'RunnableSequence'],
    [{ 'ai.operationId': 'ai.streamText', 'ai.telemetry.functionId': 'weather' }, 'weather streamText'],
    [{ 'traceloop.span.kind': 'workflow', 'traceloop.entity.name': 'flow' }, 'flow'],
    [{ 'genkit:type': 'action', 'genkit:name': 'myFlow' }, 'myFlow'],
    [{ ...chat, 'gen_ai.tool.name': 'search', 'gen_ai.agent.name': 'planner' }, 'step'],
  ])('%j is called %s', (sent, name) => {
    const span = mapSent(sent)
    expect(span.name).toBe(name)
    expect(span.originalName).toBe(name === 'step' ? undefined : 'step')
  })
})

function request(content: string): string {
  return JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })
}

describe('mapSpan, input and output', () => {
  const flat: Sent = {
    'openinference.span.kind': 'LLM',
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.content': 'hello',
  }

  test('a body that says the messages again goes with them, but for what else it says', () => {
    const span = mapSent({ ...flat, 'input.value': request('hello'), 'input.mime_type': 'application/json' })
    expect(span.attributes).toEqual({ 'openinference.span.kind': 'LLM', 'input.value': { model: 'm' } })
  })

  test('one that says something else stays as it was sent', () => {
    const span = mapSent({ ...flat, 'input.value': request('hello there') })
    expect(span.attributes).toMatchObject({ 'input.value': request('hello there') })
  })

  test('a model is asked and answers in messages, also where only a text was written down', () => {
    const span = mapSent({ ...chat, 'input.value': 'hello', 'output.value': 'hi', 'output.mime_type': 'text/plain' })
    expect(span.input).toEqual({
      form: 'messages',
      messages: [{ role: 'user', parts: [{ type: 'text', text: 'hello' }] }],
    })
    expect(span.output).toMatchObject({ messages: [{ role: 'assistant', parts: [{ text: 'hi' }] }] })
    const chain = mapSent({ 'openinference.span.kind': 'CHAIN', 'input.value': 'hello' })
    expect(chain.input).toEqual({ form: 'value', value: 'hello' })
  })

  test('plain text is no JSON, whatever it looks like', () => {
    const span = mapSent({ 'input.value': '{"a":1}', 'input.mime_type': 'text/plain' })
    expect(span.input).toEqual({ form: 'value', value: '{"a":1}' })
  })

  test('an empty message is none: the next source is asked', () => {
    const span = mapSent({ ...chat, 'gen_ai.output.messages': '[{"role":"assistant","parts":[]}]', output: 'hi' })
    expect(span.output).toMatchObject({ messages: [{ parts: [{ text: 'hi' }] }] })
  })
})

describe('mapSpan, failures', () => {
  const exception = sentEvent('exception', { 'exception.type': 'TypeError', 'exception.message': 'is no function' })

  test('the status says it, with its text and the error’s type', () => {
    expect(mapSent({ 'error.type': 'RateLimitError' }, { status: { code: 2, message: '429' } })).toMatchObject({
      status: 'error',
      error: { message: '429', type: 'RateLimitError' },
      attributes: {},
    })
  })

  test('an exception tells the rest, and is kept', () => {
    const span = mapSent({}, { status: { code: 2 }, events: [sentEvent('exception', {}), exception] })
    expect(span.error).toEqual({ message: 'is no function', type: 'TypeError' })
    expect(span.events).toHaveLength(2)
  })

  test('an exception alone is no failure, but for LangSmith', () => {
    expect(mapSent({}, { status: { code: 1 }, events: [exception] }).status).toBe('ok')
    const failed = mapSent({}, { status: { code: 1 }, events: [exception], scope: sentScope('langsmith') })
    expect(failed).toMatchObject({ status: 'error', error: { type: 'TypeError' } })
  })

  test.each([
    [
      { 'langfuse.observation.level': 'ERROR', 'langfuse.observation.status_message': 'it broke' },
      undefined,
      'it broke',
    ],
    [{ 'genkit:state': 'error' }, undefined, undefined],
    [{ 'gen_ai.tool.status': 'error' }, undefined, undefined],
    [{ success: false, error: 'denied' }, 'com.anthropic.claude_code.tracing', 'denied'],
  ])('%j is a failure', (sent, scope, message) => {
    const span = mapSent(sent, { scope: sentScope(scope) })
    expect(span.status).toBe('error')
    expect(span.error?.message).toBe(message)
  })

  test('success = false means nothing in a program we do not know', () => {
    expect(mapSent({ success: false }).status).toBe('unset')
    expect(mapSent({ 'langfuse.observation.level': 'WARNING' }).status).toBe('unset')
  })
})

describe('mapSpan, what is said of the trace', () => {
  const resource = sentResource({
    'session.id': 'of the process',
    'deployment.environment': 'staging',
    'service.version': '1.2.3',
  })

  test('the span says it, else its process', () => {
    expect(mapSent({}, { resource }).context).toEqual({
      sessionId: 'of the process',
      environment: 'staging',
      release: '1.2.3',
    })
    const own = { 'gen_ai.conversation.id': 'c', 'deployment.environment.name': 'prod', 'langfuse.release': 'r' }
    expect(mapSent(own, { resource }).context).toEqual({ sessionId: 'c', environment: 'prod', release: 'r' })
  })

  test('a project is no session, and neither is a connection', () => {
    expect(mapSent({ 'langsmith.trace.session_id': 'project', 'mcp.session.id': 'connection' }).context).toEqual({})
  })

  test('tags of all sources, each once', () => {
    const span = mapSent({ 'langfuse.trace.tags': ['a', 'b'], 'tag.tags': '["b","c"]', 'langsmith.span.tags': '' })
    expect(span.context.tags).toEqual(['a', 'b', 'c'])
  })

  test('metadata of all prefixes, without what is an id or a tag already', () => {
    const span = mapSent({
      metadata: '{"tier":2}',
      'langfuse.observation.metadata.step': '1',
      'ai.telemetry.metadata.userId': 'u',
      'ai.telemetry.metadata.tenant': 'acme',
      'traceloop.association.properties.chat_id': 'c',
      'mastra.metadata.body': '{"choices":[]}',
    })
    expect(span.context).toEqual({ userId: 'u', sessionId: 'c', metadata: { tier: 2, step: '1', tenant: 'acme' } })
    expect(span.attributes).toEqual({ 'mastra.metadata.body': '{"choices":[]}' })
  })
})

describe('mapSpan, declared attempts', () => {
  test.each([
    [{ 'span.type': 'llm_request', attempt: 3 }, 'com.anthropic.claude_code.tracing', 3],
    [{ 'span.type': 'llm_request', attempt: 1 }, 'com.anthropic.claude_code.tracing', undefined],
    [{ 'lk.retry_count': 1 }, 'livekit-agents', 2],
    [{ ...chat, 'http.request.resend_count': 2 }, 'com.anthropic.sdk.typescript', 3],
    [{ 'http.request.resend_count': 2 }, 'http', undefined],
    [{ attempt: 2 }, 'app', undefined],
  ])('%j of %s', (sent, scope, attempt) => {
    expect(mapSent(sent, { scope: sentScope(scope) }).declaredAttempt).toBe(attempt)
  })
})

describe('mapSpan, whatever comes', () => {
  const rowKeys = keyIndex.keys.map((key) => key.replace(/\*$/, 'x').replace(/#$/, '0.message.content'))
  const value: fc.Arbitrary<AttributeValue> = fc.letrec<{ any: AttributeValue }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.bigInt(),
      fc.boolean(),
      fc.constant(undefined),
      fc.uint8Array({ maxLength: 8 }),
      fc.json(),
      fc.json().map((text) => JSON.stringify(text)),
      fc.constantFrom(
        'LLM',
        'chat',
        'user',
        '[]',
        '{}',
        '[{"role":"user","parts":null}]',
        '{"messages":[{}]}',
        '1e999',
      ),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('any'), { maxKeys: 3 }) as fc.Arbitrary<Sent>,
    ),
  })).any
  const sent = fc.dictionary(
    fc.oneof(
      fc.constantFrom(...rowKeys),
      fc.string(),
      fc.constantFrom(...rowKeys).map((key) => `${key}.1.role`),
    ),
    value,
    { maxKeys: 25 },
  ) as fc.Arbitrary<Sent>
  const eventNames = [...keyIndex.eventNames, 'exception', 'anything']
  const events = fc.array(fc.tuple(fc.constantFrom(...eventNames), sent), { maxLength: 3 })

  test('never throws, and every key stays or is named as used', () => {
    fc.assert(
      fc.property(
        sent,
        events,
        fc.constantFrom(undefined, 'com.anthropic.claude_code', 'codex', 'langsmith'),
        (attributes, happened, scope) => {
          const decoded = sentSpan(attributes, {
            events: happened.map(([name, of]) => sentEvent(name, of)),
            scope: sentScope(scope),
          })
          const span = mapSpan(decoded, { receivedUs: 1 })
          expect(isSpanId(span.spanId)).toBe(true)
          const used = span.source.usedKeys
          for (const key of Object.keys(decoded.attributes)) {
            const isKept = decoded.attributes[key] === undefined || Object.hasOwn(span.attributes, key)
            expect(isKept || used.some((name) => name === key || key.startsWith(name.slice(0, -1)))).toBe(true)
          }
          JSON.stringify(span)
        },
      ),
      { numRuns: 400 },
    )
  })

  test('says the same again for the same span', () => {
    fc.assert(
      fc.property(sent, (attributes) => {
        expect(mapSent(attributes)).toEqual(mapSent(attributes))
      }),
      { numRuns: 100 },
    )
  })
})
