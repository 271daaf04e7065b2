import { describe, expect, test } from 'vitest'
import type { SpanId } from '../ids/ids.ts'
import type { DecodedSpan } from '../otlp/span-request.ts'
import type { Content, MessagePart } from '../span/message.ts'
import type { Span } from '../span/span.ts'
import { buildTree } from '../trace/build-tree.ts'
import { countOnce } from '../trace/count-once.ts'
import { mapSent, sentEvent, sentResource, sentScope, type Sent } from './hand-made.ts'

/**
 * Clients of which no recording is in the repository, as their sources say they write.
 * One describe a dialect.
 */

/** What was said, as `role: text`, calls as `name(args)`, results as `= result`; of a value the value. */
function said(content: Content | undefined): unknown {
  if (content?.form !== 'messages') return content?.value
  return content.messages.map(({ role, parts }) => `${role}: ${parts.map(partText).join(' ')}`)
}

function partText(part: MessagePart): string {
  if (part.type === 'text') return part.text
  if (part.type === 'toolCall') return `${part.name}(${JSON.stringify(part.args)})`
  if (part.type === 'toolResult') return `= ${JSON.stringify(part.result)}`
  return `[${part.type}]`
}

type Node = readonly [sent: Sent, more: Partial<DecodedSpan>, ...children: Node[]]

/** A trace of spans inside each other. */
function mapTree(root: Node): readonly Span[] {
  const spans: Span[] = []
  const visit = ([sent, more, ...children]: Node, parentSpanId: SpanId | undefined): void => {
    const spanId = String(spans.length + 1).padStart(16, '0') as SpanId
    spans.push(mapSent(sent, { ...more, spanId, parentSpanId }))
    for (const child of children) visit(child, spanId)
  }
  visit(root, undefined)
  return spans
}

/** Calls, input and output of a trace, each real call counted once. */
function totalsOf(spans: readonly Span[]): readonly [calls: number, input: number, output: number] {
  const tree = buildTree(spans)
  const totals: [number, number, number] = [0, 0, 0]
  for (const [row, counted] of countOnce(tree).entries()) {
    const usage = tree.items[row]!.call?.usage
    if (counted.call) totals[0]++
    if (counted.usage) totals[1] += usage?.inputTokens ?? 0
    if (counted.usage) totals[2] += usage?.outputTokens ?? 0
  }
  return totals
}

const tokens = (input: number, output: number): Sent => ({
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
})

describe('Pydantic AI', () => {
  const messages = JSON.stringify([
    { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
    { role: 'user', parts: [{ type: 'text', content: 'Weather?' }] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'get_weather', arguments: '{"city":"Paris"}' }] },
    { role: 'user', parts: [{ type: 'tool_call_response', id: 'c1', result: { temp: 18 } }] },
  ])

  test('an agent run with a chat and a tool below it', () => {
    const spans = mapTree([
      {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'weather',
        'gen_ai.agent.call.id': 'r1',
        'gen_ai.aggregated_usage.input_tokens': 84,
        'gen_ai.aggregated_usage.output_tokens': 34,
        'pydantic_ai.all_messages': messages,
        final_result: 'sunny',
        'logfire.msg': 'weather run',
        metadata: '{"tenant":"acme","session_id":"s1"}',
      },
      {},
      [
        {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'anthropic',
          'gen_ai.request.model': 'claude-mock',
          'gen_ai.input.messages': messages,
          'gen_ai.output.messages':
            '[{"role":"assistant","parts":[{"type":"text","content":"sunny"}],"finish_reason":"stop"}]',
          model_request_parameters: '{"function_tools":[{"name":"get_weather"}],"output_mode":"text"}',
          'gen_ai.usage.details.cache_read_tokens': 20,
          'gen_ai.usage.details.cache_write_tokens': 4,
          'operation.cost': 0.0012,
          ...tokens(84, 34),
        },
        {},
      ],
      [
        {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'get_weather',
          'gen_ai.tool.call.id': 'c1',
          tool_arguments: '{"city":"Paris"}',
          tool_response: '{"temp":18}',
        },
        {},
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 84, 34])
    const [run, call, tool] = spans
    expect(run).toMatchObject({
      type: 'agent',
      name: 'weather',
      call: { usage: { inputTokens: 84, outputTokens: 34 } },
      context: { sessionId: 's1', metadata: { tenant: 'acme' } },
    })
    expect(said(run!.output)).toBe('sunny')
    expect(said(call!.input)).toEqual([
      'system: Be brief.',
      'user: Weather?',
      'assistant: get_weather({"city":"Paris"})',
      'tool: = {"temp":18}',
    ])
    expect(call!.call).toMatchObject({
      provider: 'anthropic',
      finishReasons: ['stop'],
      usage: { cacheReadTokens: 20, cacheWriteTokens: 4 },
      cost: { nanoUsd: 1_200_000, source: 'reported' },
    })
    expect(call!.toolDefinitions).toEqual([{ name: 'get_weather' }])
    expect(tool).toMatchObject({ type: 'tool', name: 'get_weather', tool: { callId: 'c1' } })
    expect([said(tool!.input), said(tool!.output)]).toEqual([{ city: 'Paris' }, { temp: 18 }])
  })

  test('data format 1: an agent run without an operation, messages as lists of events', () => {
    const events = JSON.stringify([
      { 'event.name': 'gen_ai.system.message', role: 'system', content: 'Be brief.' },
      { 'event.name': 'gen_ai.user.message', role: 'user', content: 'Weather?' },
      { 'event.name': 'gen_ai.choice', index: 0, message: { role: 'assistant', content: 'sunny' } },
    ])
    const spans = mapTree([
      {
        model_name: 'gpt-mock',
        agent_name: 'agent',
        all_messages_events: events,
        final_result: 'sunny',
        ...tokens(42, 17),
      },
      { name: 'agent run' },
      [
        {
          'gen_ai.operation.name': 'chat',
          'gen_ai.system': 'openai',
          'gen_ai.request.model': 'gpt-mock',
          events,
          ...tokens(42, 17),
        },
        {},
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 42, 17])
    expect(spans[0]).toMatchObject({ type: 'agent', name: 'agent', agent: { name: 'agent' } })
    expect(said(spans[1]!.input)).toEqual(['system: Be brief.', 'user: Weather?'])
    expect(said(spans[1]!.output)).toEqual(['assistant: sunny'])
  })
})

describe('Logfire with OpenAI', () => {
  test('the request and the answer as JSON', () => {
    const span = mapSent({
      'gen_ai.request.model': 'gpt-mock',
      'gen_ai.response.model': 'gpt-mock-2026',
      'gen_ai.system': 'openai',
      request_data: '{"messages":[{"role":"user","content":"Weather?"}],"model":"gpt-mock","temperature":0.2}',
      response_data: '{"message":{"role":"assistant","content":"sunny"}}',
      'logfire.msg': "Chat Completion with 'gpt-mock'",
      'logfire.tags': ['LLM'],
      'logfire.level_num': 9,
      ...tokens(42, 17),
    })
    expect(span).toMatchObject({ type: 'llm', name: "Chat Completion with 'gpt-mock'", context: { tags: ['LLM'] } })
    expect(said(span.input)).toEqual(['user: Weather?'])
    expect(said(span.output)).toEqual(['assistant: sunny'])
    expect(span.attributes['request_data']).toEqual({ model: 'gpt-mock', temperature: 0.2 })
  })
})

describe('LangSmith', () => {
  test('a run with the whole request and response, and metadata of its own', () => {
    const spans = mapTree([
      { 'langsmith.span.kind': 'chain', 'langsmith.trace.name': 'RunnableSequence', 'langsmith.span.tags': '' },
      { scope: sentScope('langsmith') },
      [
        {
          'langsmith.span.kind': 'llm',
          'langsmith.trace.name': 'ChatOpenAI',
          'langsmith.trace.session_id': 'a-project',
          'langsmith.metadata.session_id': 's1',
          'langsmith.metadata.user_id': 'u1',
          'langsmith.metadata.ls_provider': 'openai',
          'langsmith.metadata.LANGSMITH_TRACING': 'true',
          'langsmith.metadata.tier': 'gold',
          'langsmith.span.tags': 'prod, beta',
          'gen_ai.operation.name': 'chat',
          'gen_ai.system': 'langchain',
          'gen_ai.request.model': 'gpt-mock',
          'gen_ai.prompt': '{"messages":[{"role":"user","content":"Weather?"}]}',
          'gen_ai.completion':
            '{"choices":[{"message":{"role":"assistant","content":"sunny"},"finish_reason":"stop"}]}',
          'gen_ai.usage.input_token_details': '{"cache_read":10}',
          'gen_ai.usage.output_token_details': '{"reasoning":5}',
          ...tokens(42, 17),
        },
        { scope: sentScope('langsmith') },
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 42, 17])
    const call = spans[1]!
    expect(spans[0]).toMatchObject({ type: 'chain', name: 'RunnableSequence' })
    expect(call.name).toBe('ChatOpenAI')
    expect(call.call).toMatchObject({
      provider: 'openai',
      finishReasons: ['stop'],
      usage: { cacheReadTokens: 10, reasoningTokens: 5 },
    })
    expect(call.context).toEqual({
      sessionId: 's1',
      userId: 'u1',
      tags: ['prod', 'beta'],
      metadata: { ls_provider: 'openai', tier: 'gold' },
    })
    expect(call.attributes).toMatchObject({
      'langsmith.metadata.LANGSMITH_TRACING': 'true',
      'gen_ai.system': 'langchain',
    })
    expect([said(call.input), said(call.output)]).toEqual([['user: Weather?'], ['assistant: sunny']])
  })

  test('a streamed run that overwrote its parent counts once', () => {
    const run = { 'langsmith.span.kind': 'llm', 'gen_ai.request.model': 'gpt-mock', ...tokens(42, 17) }
    expect(totalsOf(mapTree([run, {}, [run, {}]]))).toEqual([1, 42, 17])
  })
})

describe('MLflow', () => {
  test('everything is JSON text', () => {
    const span = mapSent({
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.traceRequestId': '"tr-0af7651916cd43dd8448eb211c80319c"',
      'mlflow.llm.model': '"gpt-mock"',
      'mlflow.llm.provider': '"openai"',
      'mlflow.chat.tokenUsage': '{"input_tokens":42,"output_tokens":17,"total_tokens":59,"cache_read_input_tokens":10}',
      'mlflow.llm.cost': '{"input_cost":0.001,"output_cost":0.002,"total_cost":0.003}',
      'mlflow.chat.tools': '[{"type":"function","function":{"name":"get_weather"}}]',
      'mlflow.spanInputs': '{"messages":[{"role":"user","content":"Weather?"}],"model":"gpt-mock"}',
      'mlflow.spanOutputs': '{"choices":[{"message":{"role":"assistant","content":"sunny"}}]}',
      'mlflow.traceTag.team': 'red',
    })
    expect(span.call).toEqual({
      provider: 'openai',
      requestModel: 'gpt-mock',
      usage: { inputTokens: 42, outputTokens: 17, cacheReadTokens: 10 },
      cost: { nanoUsd: 3_000_000, source: 'reported' },
    })
    expect(said(span.input)).toEqual(['user: Weather?'])
    expect(span.toolDefinitions).toEqual([{ type: 'function', function: { name: 'get_weather' } }])
    expect(span.context.metadata).toEqual({ team: 'red' })
  })
})

describe('Laminar', () => {
  test('flat messages, a session and metadata', () => {
    const span = mapSent({
      'lmnr.span.type': 'LLM',
      'gen_ai.system': 'openai',
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': 'Weather?',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': 'sunny',
      'gen_ai.completion.0.finish_reason': 'stop',
      'gen_ai.usage.cache_read_input_tokens': 10,
      'llm.usage.total_tokens': 59,
      'lmnr.association.properties.session_id': 's1',
      'lmnr.association.properties.user_id': 'u1',
      'lmnr.association.properties.metadata.tier': 'gold',
      ...tokens(42, 17),
    })
    expect(span.call).toMatchObject({ finishReasons: ['stop'], usage: { inputTokens: 42, cacheReadTokens: 10 } })
    expect(span.context).toEqual({ sessionId: 's1', userId: 'u1', metadata: { tier: 'gold' } })
    expect([said(span.input), said(span.output)]).toEqual([['user: Weather?'], ['assistant: sunny']])
  })

  test('a function’s arguments and result', () => {
    const span = mapSent({ 'lmnr.span.type': 'DEFAULT', 'lmnr.span.input': '[1,2]', 'lmnr.span.output': '3' })
    expect([span.type, said(span.input), said(span.output)]).toEqual(['chain', [1, 2], '3'])
  })
})

describe('LiveKit', () => {
  test('a node around the request, and a tool', () => {
    const history = {
      items: [
        { id: 'i1', type: 'message', role: 'system', content: ['Be brief.'] },
        { id: 'i2', type: 'message', role: 'user', content: ['Weather?'] },
        { id: 'i3', type: 'function_call', call_id: 'c1', name: 'get_weather', arguments: '{"city":"Paris"}' },
        { id: 'i4', type: 'function_call_output', call_id: 'c1', output: '{"temp":18}', is_error: false },
      ],
    }
    const spans = mapTree([
      { 'lk.user_transcript': 'Weather?' },
      { name: 'user_turn' },
      [
        {
          'gen_ai.request.model': 'gpt-mock',
          'lk.chat_ctx': JSON.stringify(history),
          'lk.response.text': 'sunny',
          'lk.response.ttft': 0.25,
        },
        { name: 'llm_node' },
        [
          { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-mock', ...tokens(42, 17) },
          { name: 'llm_request' },
        ],
      ],
      [
        {
          'lk.function_tool.name': 'get_weather',
          'lk.function_tool.id': 'c1',
          'lk.function_tool.arguments': '{"city":"Paris"}',
          'lk.function_tool.output': '{"temp":18}',
        },
        { name: 'function_tool' },
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 42, 17])
    const [turn, node, , tool] = spans
    expect(said(turn!.input)).toBe('Weather?')
    expect(said(node!.input)).toEqual([
      'system: Be brief.',
      'user: Weather?',
      'assistant: get_weather({"city":"Paris"})',
      'tool: = "{\\"temp\\":18}"',
    ])
    expect(said(node!.output)).toEqual(['assistant: sunny'])
    expect(node!.call?.timeToFirstUs).toBe(250_000)
    expect(tool).toMatchObject({ type: 'tool', name: 'get_weather', tool: { callId: 'c1' } })
    expect([said(tool!.input), said(tool!.output)]).toEqual([{ city: 'Paris' }, { temp: 18 }])
  })
})

describe('ADK', () => {
  const request = {
    model: 'gemini-mock',
    config: { system_instruction: 'Be brief.' },
    contents: [{ role: 'user', parts: [{ text: 'Weather?' }] }],
  }
  const response = {
    content: { role: 'model', parts: [{ functionCall: { id: 'c1', name: 'get_weather', args: { city: 'Paris' } } }] },
    usageMetadata: { promptTokenCount: 42, candidatesTokenCount: 12, thoughtsTokenCount: 5, totalTokenCount: 59 },
    finishReason: 'STOP',
  }

  test('tools, and agents inside them, stand under the model’s span', () => {
    const call = {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': 'gemini-mock',
      'gcp.vertex.agent.llm_request': JSON.stringify(request),
      'gcp.vertex.agent.llm_response': JSON.stringify(response),
      'gcp.vertex.agent.session_id': 's1',
      ...tokens(42, 12),
    }
    const spans = mapTree([
      { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'root' },
      { name: 'invoke_agent root' },
      [
        call,
        { name: 'call_llm' },
        [
          {
            'gen_ai.operation.name': 'execute_tool',
            'gen_ai.tool.name': 'get_weather',
            'gcp.vertex.agent.llm_request': '{}',
            'gcp.vertex.agent.llm_response': '{}',
            'gcp.vertex.agent.tool_call_args': '{"city":"Paris"}',
            'gcp.vertex.agent.tool_response': 'N/A',
          },
          { name: 'execute_tool get_weather' },
          [call, { name: 'call_llm' }],
        ],
      ],
    ])
    expect(totalsOf(spans)).toEqual([2, 84, 34])
    const [, first, tool] = spans
    expect(first).toMatchObject({ type: 'llm', name: 'call_llm', context: { sessionId: 's1' } })
    expect(first!.call?.provider).toBeUndefined()
    expect(said(first!.input)).toEqual(['system: Be brief.', 'user: Weather?'])
    expect(said(first!.output)).toEqual(['assistant: get_weather({"city":"Paris"})'])
    expect(said(tool!.input)).toEqual({ city: 'Paris' })
    expect(tool!.output).toBeUndefined()
  })
})

describe('OpenLIT', () => {
  const call = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.system': 'openai',
    'gen_ai.request.model': 'gpt-mock',
    'gen_ai.request.is_stream': true,
    'gen_ai.tool.name': 'get_weather',
    'gen_ai.tool.args': '{"city":"Paris"}',
    'gen_ai.usage.cost': 0,
    ...tokens(42, 17),
  }

  test('content in events, a tool’s name on the model’s span, a cost of 0 without a price list', () => {
    const span = mapSent(call, {
      name: 'chat gpt-mock',
      events: [
        sentEvent('gen_ai.content.prompt', { 'gen_ai.prompt': 'user: Weather?' }),
        sentEvent('gen_ai.content.completion', { 'gen_ai.completion': 'sunny' }),
      ],
      resource: sentResource({ 'deployment.environment': 'staging', 'telemetry.sdk.name': 'openlit' }),
    })
    expect(span).toMatchObject({ type: 'llm', name: 'chat gpt-mock', context: { environment: 'staging' }, events: [] })
    expect(span.call?.cost).toBeUndefined()
    expect(span.call?.params).toEqual({ stream: true })
    expect(span.tool).toBeUndefined()
    expect([said(span.input), said(span.output)]).toEqual([['user: user: Weather?'], ['assistant: sunny']])
    expect(span.attributes).toMatchObject({ 'gen_ai.tool.name': 'get_weather', 'gen_ai.usage.cost': 0 })
  })

  test('a tool’s arguments are no input of a model', () => {
    expect(mapSent(call).input).toBeUndefined()
  })
})

describe('Strands', () => {
  test('Bedrock’s blocks as JSON in message events; a tool’s own message is its input', () => {
    const spans = mapTree([
      {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.system': 'strands-agents',
        'gen_ai.agent.name': 'helper',
        ...tokens(84, 34),
      },
      {},
      [
        {},
        { name: 'execute_event_loop_cycle' },
        [
          {
            'gen_ai.operation.name': 'chat',
            'gen_ai.system': 'strands-agents',
            'gen_ai.request.model': 'claude-mock',
            'gen_ai.usage.cache_read_input_tokens': 12,
            'gen_ai.usage.cache_write_input_tokens': 8,
            'gen_ai.usage.total_tokens': 67,
            ...tokens(30, 17),
          },
          {
            events: [
              sentEvent(
                'gen_ai.choice',
                {
                  finish_reason: 'tool_use',
                  message: '[{"toolUse":{"toolUseId":"c1","name":"get_weather","input":{"city":"Paris"}}}]',
                },
                1_900_000,
              ),
              sentEvent('gen_ai.user.message', { content: '[{"text":"Weather?"}]' }, 1_000_000),
            ],
          },
        ],
        [
          {
            'gen_ai.operation.name': 'execute_tool',
            'gen_ai.tool.name': 'get_weather',
            'gen_ai.tool.call.id': 'c1',
            'gen_ai.tool.status': 'error',
          },
          {
            events: [
              sentEvent('gen_ai.tool.message', { role: 'tool', content: '{"city":"Paris"}', id: 'c1' }),
              sentEvent('gen_ai.choice', { message: '[{"text":"no such city"}]', id: 'c1' }),
            ],
          },
        ],
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 50, 17])
    const [agent, , call, tool] = spans
    expect(agent!.call?.provider).toBeUndefined()
    expect(call!.call).toMatchObject({
      finishReasons: ['tool_calls'],
      usage: { inputTokens: 50, cacheReadTokens: 12, cacheWriteTokens: 8 },
    })
    expect(said(call!.input)).toEqual(['user: Weather?'])
    expect(said(call!.output)).toEqual(['assistant: get_weather({"city":"Paris"})'])
    expect(call!.events).toEqual([])
    expect(tool).toMatchObject({ type: 'tool', status: 'error', tool: { callId: 'c1' } })
    expect([said(tool!.input), said(tool!.output)]).toEqual([{ city: 'Paris' }, [{ text: 'no such city' }]])
  })
})

describe('Codex', () => {
  test('one model span among many of its own', () => {
    const scope = sentScope('codex_core')
    const inside = { model: 'gpt-mock', 'conversation.id': 's1' }
    const spans = mapTree([
      inside,
      { scope, name: 'session_task.turn' },
      [
        inside,
        { scope, name: 'run_sampling_request' },
        [
          {
            ...inside,
            'gen_ai.usage.cache_read.input_tokens': 10,
            'codex.usage.reasoning_output_tokens': 5,
            ...tokens(42, 17),
          },
          { scope, name: 'handle_responses' },
        ],
      ],
      [
        { ...inside, tool_name: 'shell', call_id: 'c1', success: 'false' },
        { scope, name: 'shell' },
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 42, 17])
    expect(spans.map(({ type }) => type)).toEqual(['agent', 'span', 'llm', 'tool'])
    expect(spans[2]!.call).toEqual({
      requestModel: 'gpt-mock',
      usage: { inputTokens: 42, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 },
    })
    expect(spans[3]).toMatchObject({
      status: 'error',
      tool: { name: 'shell', callId: 'c1' },
      context: { sessionId: 's1' },
    })
    expect(spans[1]!.attributes).toEqual({ model: 'gpt-mock' })
  })

  test('is known by its service too', () => {
    const resource = sentResource({ 'service.name': 'codex_exec' })
    const span = mapSent({ model: 'gpt-mock', ...tokens(42, 17) }, { resource, name: 'handle_responses' })
    expect(span).toMatchObject({ type: 'llm', call: { requestModel: 'gpt-mock' } })
  })
})

describe('Spring AI', () => {
  test('client, advisor, model, tool', () => {
    const framework = { 'gen_ai.operation.name': 'framework', 'gen_ai.system': 'spring_ai' }
    const spans = mapTree([
      { ...framework, 'spring.ai.kind': 'chat_client', 'spring.ai.chat.client.conversation.id': 's1' },
      {},
      [
        {
          'gen_ai.operation.name': 'chat',
          'gen_ai.system': 'openai',
          'gen_ai.request.model': 'gpt-mock',
          'gen_ai.request.temperature': '0.7',
          'gen_ai.response.finish_reasons': '["STOP"]',
          'gen_ai.usage.total_tokens': '59',
          'gen_ai.usage.input_tokens': '42',
          'gen_ai.usage.output_tokens': '17',
        },
        {},
      ],
      [
        {
          ...framework,
          'spring.ai.kind': 'tool_call',
          'spring.ai.tool.definition.name': 'get_weather',
          'spring.ai.tool.call.arguments': '{"city":"Paris"}',
          'spring.ai.tool.call.result': '{"temp":18}',
        },
        {},
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 42, 17])
    expect(spans[0]).toMatchObject({ type: 'chain', context: { sessionId: 's1' } })
    expect(spans[1]!.call).toMatchObject({
      provider: 'openai',
      finishReasons: ['stop'],
      params: { temperature: '0.7' },
    })
    expect(spans[2]).toMatchObject({ type: 'tool', name: 'get_weather' })
    expect(said(spans[2]!.input)).toEqual({ city: 'Paris' })
  })
})

describe('OpenInference: Agno, CrewAI', () => {
  test('agents and tools around a model, once more around the provider’s own span', () => {
    const spans = mapTree([
      { 'openinference.span.kind': 'CHAIN', 'input.value': 'Weather?', 'session.id': 's1' },
      { name: 'Crew.kickoff' },
      [
        { 'openinference.span.kind': 'AGENT', 'graph.node.id': 'researcher', 'graph.node.name': 'Researcher' },
        { name: 'Researcher._execute_core' },
        [
          {
            'openinference.span.kind': 'LLM',
            'llm.model_name': 'gpt-mock',
            'llm.provider': 'openai',
            'llm.cost.total': 0.002,
          },
          { name: 'OpenAIChat.invoke' },
          [
            {
              'openinference.span.kind': 'LLM',
              'llm.model_name': 'gpt-mock',
              'llm.token_count.prompt': 42,
              'llm.token_count.completion': 17,
              'llm.token_count.total': 59,
            },
            { name: 'ChatCompletion' },
          ],
        ],
        [
          {
            'openinference.span.kind': 'TOOL',
            'tool.name': 'search',
            'tool.description': 'Searches',
            'input.value': '{"q":"x"}',
            'input.mime_type': 'application/json',
          },
          {},
        ],
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 42, 17])
    expect(spans[1]).toMatchObject({
      type: 'agent',
      name: 'Researcher._execute_core',
      agent: { id: 'researcher', name: 'Researcher' },
    })
    expect(spans[2]!.call?.cost).toEqual({ nanoUsd: 2_000_000, source: 'reported' })
    expect(spans[4]).toMatchObject({ type: 'tool', name: 'search', tool: { description: 'Searches' } })
    expect(said(spans[4]!.input)).toEqual({ q: 'x' })
  })

  test('completions, tools, costs in parts, reranked documents, evaluations', () => {
    const call = mapSent({
      'openinference.span.kind': 'LLM',
      'llm.prompts.0.prompt.text': 'Once',
      'llm.choices.0.completion.text': 'upon a time',
      'llm.tools.1.tool.json_schema': '{"name":"b"}',
      'llm.tools.0.tool.json_schema': '{"name":"a"}',
      'llm.cost.prompt': 0.001,
      'llm.cost.completion': 0.002,
      'evaluations.0.evaluation.name': 'fluent',
      'evaluations.0.evaluation.score': 0.9,
      'session.annotations.0.annotation.name': 'helpful',
      'session.annotations.0.annotation.label': 'yes',
      'session.annotations.0.annotation.annotator_kind': 'HUMAN',
      'session.annotations.0.annotation.identifier': 'reviewer-1',
    })
    expect([said(call.input), said(call.output)]).toEqual([['user: Once'], ['assistant: upon a time']])
    expect(call.toolDefinitions).toEqual([{ name: 'a' }, { name: 'b' }])
    expect(call.call?.cost?.nanoUsd).toBe(3_000_000)
    expect(call.evaluations).toEqual([
      { name: 'fluent', value: 0.9, target: 'span' },
      { name: 'helpful', label: 'yes', annotatorKind: 'HUMAN', target: 'session' },
    ])
    expect(call.attributes).toMatchObject({ 'session.annotations.0.annotation.identifier': 'reviewer-1' })

    const reranker = mapSent({
      'openinference.span.kind': 'RERANKER',
      'reranker.query': 'paris',
      'reranker.top_k': 1,
      'reranker.model_name': 'rerank-mock',
      'reranker.output_documents.0.document.id': 'd1',
      'reranker.output_documents.0.document.score': 0.9,
      'reranker.output_documents.0.document.metadata': '{"page":3}',
    })
    expect(reranker).toMatchObject({
      type: 'reranker',
      call: { requestModel: 'rerank-mock' },
      retrieval: { query: 'paris', topK: 1, documents: [{ id: 'd1', score: 0.9, metadata: { page: 3 } }] },
    })
    expect(said(reranker.input)).toBe('paris')
  })

  test('an evaluator’s span is an evaluation', () => {
    const span = mapSent({
      'openinference.span.kind': 'EVALUATOR',
      'evaluation.name': 'correctness',
      'evaluation.score': -0.5,
      'evaluation.explanation': 'off topic',
    })
    expect(span.evaluations).toEqual([{ name: 'correctness', value: -0.5, explanation: 'off topic', target: 'span' }])
  })
})

describe('OpenLLMetry before GenAI messages: Haystack', () => {
  test('flat messages, functions and totals', () => {
    const spans = mapTree([
      {
        'traceloop.span.kind': 'workflow',
        'traceloop.entity.name': 'haystack_pipeline',
        'traceloop.association.properties.thread_id': 's1',
      },
      {},
      [
        {
          'llm.request.type': 'chat',
          'gen_ai.system': 'OpenAI',
          'gen_ai.request.model': 'gpt-mock',
          'gen_ai.prompt.0.role': 'system',
          'gen_ai.prompt.0.content': 'Be brief.',
          'gen_ai.prompt.1.role': 'user',
          'gen_ai.prompt.1.content': '[{"type":"text","text":"Weather?"}]',
          'gen_ai.completion.0.role': 'assistant',
          'gen_ai.completion.0.content': 'null',
          'gen_ai.completion.0.finish_reason': 'tool_calls',
          'gen_ai.completion.0.tool_calls.0.id': 'c1',
          'gen_ai.completion.0.tool_calls.0.name': 'get_weather',
          'gen_ai.completion.0.tool_calls.0.arguments': '{"city":"Paris"}',
          'llm.request.functions.0.name': 'get_weather',
          'llm.request.functions.0.parameters': '{"type":"object"}',
          'gen_ai.usage.prompt_tokens': 42,
          'gen_ai.usage.completion_tokens': 17,
          'llm.usage.total_tokens': 59,
          'llm.is_streaming': false,
          'llm.user': 'u1',
          'traceloop.prompt.key': 'greeting',
          'traceloop.prompt.template_variables': '{"city":"Paris"}',
        },
        { name: 'openai.chat' },
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 42, 17])
    const [flow, call] = spans
    expect(flow).toMatchObject({ type: 'chain', name: 'haystack_pipeline', context: { sessionId: 's1' } })
    expect(said(call!.input)).toEqual(['system: Be brief.', 'user: Weather?'])
    expect(said(call!.output)).toEqual(['assistant: get_weather({"city":"Paris"})'])
    expect(call!.call).toMatchObject({ provider: 'openai', finishReasons: ['tool_calls'], params: { stream: false } })
    expect(call!.toolDefinitions).toEqual([{ name: 'get_weather', parameters: { type: 'object' } }])
    expect(call!.promptTemplate).toEqual({ name: 'greeting', variables: { city: 'Paris' } })
    expect(call!.context.userId).toBe('u1')
  })

  test('what a vector store found', () => {
    const span = mapSent(
      { 'db.system': 'chroma', 'db.operation': 'query' },
      {
        events: [
          sentEvent('db.query.result', {
            'db.query.result.id': 'd1',
            'db.query.result.distance': 0.1,
            'db.query.result.document': 'mild',
          }),
          sentEvent('db.query.result', { 'db.query.result.id': 'd2' }),
        ],
      },
    )
    expect(span.retrieval?.documents).toEqual([{ id: 'd1', distance: 0.1, document: 'mild' }, { id: 'd2' }])
    expect(span.events).toEqual([])
  })
})

describe('AI SDK', () => {
  test('version 5: steps inside a run, the cache in the provider’s metadata', () => {
    const usage = {
      'ai.usage.inputTokens': 30,
      'ai.usage.outputTokens': 17,
      'ai.usage.totalTokens': 47,
      'ai.usage.cachedInputTokens': 12,
    }
    const metadata =
      '{"anthropic":{"usage":{"cache_creation_input_tokens":8,"cache_read_input_tokens":12}},"gateway":{"cost":"0.0042"}}'
    const spans = mapTree([
      { 'ai.operationId': 'ai.generateText', 'ai.response.providerMetadata': metadata, ...usage },
      {},
      [
        {
          'ai.operationId': 'ai.generateText.doGenerate',
          'ai.model.provider': 'anthropic.messages',
          'ai.model.id': 'claude-mock',
          'ai.response.providerMetadata': metadata,
          'ai.response.reasoning': 'Need the tool.',
          'ai.response.text': 'Let me look.',
          'ai.response.toolCalls': '[{"toolCallId":"c1","toolName":"get_weather","input":"{\\"city\\":\\"Paris\\"}"}]',
          'ai.prompt.tools': ['{"type":"function","name":"get_weather"}'],
          'ai.settings.maxOutputTokens': 64,
          'ai.telemetry.metadata.tags': ['a'],
          'ai.telemetry.metadata.tier': 'gold',
          ...tokens(30, 17),
          ...usage,
        },
        {},
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 50, 17])
    const call = spans[1]!
    expect(call.call).toMatchObject({
      provider: 'anthropic',
      usage: { cacheReadTokens: 12, cacheWriteTokens: 8 },
      params: { max_tokens: 64 },
      cost: { nanoUsd: 4_200_000 },
    })
    expect(said(call.output)).toEqual(['assistant: [reasoning] Let me look. get_weather({"city":"Paris"})'])
    expect(call.toolDefinitions).toEqual([{ type: 'function', name: 'get_weather' }])
    expect(call.context).toEqual({ tags: ['a'], metadata: { tier: 'gold' } })
  })

  test('version 3: results and objects', () => {
    const span = mapSent({
      'ai.operationId': 'ai.generateObject.doGenerate',
      'ai.prompt': '{"prompt":"json"}',
      'ai.result.object': '{"city":"Paris"}',
      'ai.usage.promptTokens': 42,
      'ai.usage.completionTokens': 17,
    })
    expect([said(span.input), said(span.output)]).toEqual([['user: json'], ['assistant: {"city":"Paris"}']])
  })
})

describe('VoltAgent', () => {
  test('types and messages in words of its own', () => {
    const spans = mapTree([
      {
        'entity.type': 'agent',
        'agent.messages': '[{"role":"user","content":"Weather?"}]',
        output: 'sunny',
        'conversation.id': 's1',
      },
      {},
      [
        {
          'entity.type': 'agent',
          'span.type': 'llm',
          'llm.model': 'gpt-mock',
          'llm.messages': '[{"role":"user","content":"Weather?"}]',
          output: 'sunny',
          'usage.prompt_tokens': 42,
          'usage.completion_tokens': 17,
        },
        { name: 'llm:streamText' },
      ],
    ])
    expect(totalsOf(spans)).toEqual([1, 42, 17])
    expect(spans.map(({ type }) => type)).toEqual(['agent', 'llm'])
    expect([said(spans[1]!.input), said(spans[1]!.output)]).toEqual([['user: Weather?'], ['assistant: sunny']])
  })
})

describe('OpenTelemetry GenAI', () => {
  test('content in an event of the span, structured', () => {
    const details = sentEvent('gen_ai.client.inference.operation.details', {
      'gen_ai.system_instructions': [{ type: 'text', content: 'Be brief.' }],
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Weather?' }] }],
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'text', content: 'sunny' }], finish_reason: 'stop' },
      ],
    })
    const span = mapSent({ 'gen_ai.operation.name': 'chat' }, { events: [details] })
    expect([said(span.input), said(span.output)]).toEqual([
      ['system: Be brief.', 'user: Weather?'],
      ['assistant: sunny'],
    ])
    expect(span.call?.finishReasons).toEqual(['stop'])
    expect(span.events).toEqual([])
  })

  test('messages as events, in order of time', () => {
    const span = mapSent(
      { 'gen_ai.operation.name': 'chat' },
      {
        events: [
          sentEvent('gen_ai.user.message', { content: 'Weather?' }, 1_000_002),
          sentEvent('gen_ai.system.message', { content: 'Be brief.' }, 1_000_001),
          sentEvent('gen_ai.choice', { index: 0, finish_reason: 'stop', message: '{"content":"sunny"}' }, 1_000_003),
        ],
      },
    )
    expect(said(span.input)).toEqual(['system: Be brief.', 'user: Weather?'])
    expect(said(span.output)).toEqual(['assistant: sunny'])
    expect(span.source.usedKeys).toEqual(['@gen_ai.user.message', '@gen_ai.system.message', '@gen_ai.choice'])
  })

  test('instructions alone are no input: the messages may come in a log record', () => {
    const span = mapSent({ 'gen_ai.operation.name': 'chat', 'gen_ai.system_instructions': 'Be brief.' })
    expect(span.input).toBeUndefined()
    expect(span.attributes).toMatchObject({ 'gen_ai.system_instructions': 'Be brief.' })
  })

  test('an MCP call, a prompt template, a data source', () => {
    expect(
      mapSent({ 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'search', 'mcp.session.id': 'm' }),
    ).toMatchObject({
      type: 'tool',
      tool: { name: 'search' },
      context: {},
      attributes: { 'mcp.session.id': 'm' },
    })
    expect(
      mapSent({ 'gen_ai.prompt.name': 'greet', 'gen_ai.prompt.version': '2', 'gen_ai.prompt.variable.city': 'Paris' })
        .promptTemplate,
    ).toEqual({ name: 'greet', version: '2', variables: { city: 'Paris' } })
  })
})

describe('Langfuse', () => {
  test('what it says of the trace', () => {
    const span = mapSent({
      'langfuse.observation.type': 'span',
      'langfuse.trace.name': 'question',
      'langfuse.trace.input': '{"q":"Weather?"}',
      'langfuse.trace.output': '"sunny"',
      'langfuse.trace.tags': ['prod'],
      'langfuse.trace.metadata': '{"tenant":"acme"}',
      'langfuse.session.id': 's1',
      'session.id': 's0',
      'langfuse.user.id': 'u1',
      'langfuse.environment': 'staging',
      'langfuse.version': 'v2',
    })
    expect(span.context).toEqual({
      traceName: 'question',
      traceInput: { form: 'value', value: { q: 'Weather?' } },
      traceOutput: { form: 'value', value: 'sunny' },
      tags: ['prod'],
      metadata: { tenant: 'acme' },
      sessionId: 's1',
      userId: 'u1',
      environment: 'staging',
      release: 'v2',
    })
  })
})
