import { describe, expect, test } from 'vitest'
import { decodeRequest } from '../../../../fixtures/otlp/decode-request.ts'
import { expectedTotals, type ExpectedTotals } from '../../../../fixtures/otlp/expected-totals.ts'
import { fixtureClients, readFixture, type FixtureClient } from '../../../../fixtures/otlp/read-fixture.ts'
import type { DecodedSpan } from '../otlp/index.ts'
import type { LogEvent } from '../span/log-event.ts'
import type { Span } from '../span/span.ts'
import { summarizeTrace } from '../trace/summarize-trace.ts'
import { livingTrace } from '../trace/trace-status.ts'
import type { TraceSummary } from '../trace/trace.ts'
import { mapLog } from './map-log.ts'
import { mapSpan } from './map-span.ts'
import { projectNameOf } from './routing.ts'

const context = { receivedUs: 1 }

function spansOf(client: FixtureClient): readonly Span[] {
  return decoded(client).map((span) => mapSpan(span, context))
}

function decoded(client: FixtureClient): readonly DecodedSpan[] {
  return readFixture(client).flatMap((request) => decodeRequest(request).spans)
}

function logsOf(client: FixtureClient): readonly LogEvent[] {
  return readFixture(client)
    .flatMap((request) => decodeRequest(request).logs)
    .flatMap((log) => mapLog(log, context) ?? [])
}

function totalsOf(spans: readonly Span[]): ExpectedTotals {
  const traces = [...Map.groupBy(spans, ({ traceId }) => traceId).values()]
  const summaries = traces.map((trace) => summarizeTrace(trace, livingTrace))
  const sum = (figure: (summary: TraceSummary) => number) =>
    summaries.reduce((total, summary) => total + figure(summary), 0)
  return {
    calls: sum(({ llmCalls }) => llmCalls),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cacheReadTokens: sum(({ cacheReadTokens }) => cacheReadTokens),
    cacheWriteTokens: sum(({ cacheWriteTokens }) => cacheWriteTokens),
    reasoningTokens: sum(({ reasoningTokens }) => reasoningTokens),
    errors: sum(({ errorCount }) => errorCount),
  }
}

/** How many spans there are of each type. */
function typesOf(spans: readonly Span[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(spans, ({ type }) => type)].map(([type, alike]) => [type, alike.length]))
}

function named(spans: readonly Span[], name: string): Span {
  const span = spans.find((candidate) => candidate.name === name)
  if (span === undefined)
    throw new Error(`no span ${name} among ${spans.map((candidate) => candidate.name).join(', ')}`)
  return span
}

describe('mapSpan, recordings', () => {
  test.each(fixtureClients)('%s comes to exactly what it came to', (client) => {
    expect(totalsOf(spansOf(client))).toEqual(expectedTotals[client])
  })

  test.each(fixtureClients)('%s: every key is kept or named as used', (client) => {
    for (const sent of decoded(client)) {
      const span = mapSpan(sent, context)
      for (const key of Object.keys(sent.attributes)) {
        const isUsed = span.source.usedKeys.some(
          (name) => name === key || (/[*#]$/.test(name) && key.startsWith(name.slice(0, -1))),
        )
        expect(isUsed || Object.hasOwn(span.attributes, key)).toBe(true)
      }
    }
  })

  test.each([
    ['claude-code', { agent: 1, llm: 2, tool: 1, span: 2 }],
    ['gemini-cli', { llm: 2, chain: 1, tool: 1 }],
    ['genkit', { llm: 2, tool: 1, chain: 4 }],
    [
      'langfuse-js',
      {
        llm: 4,
        span: 2,
        agent: 1,
        chain: 1,
        retriever: 1,
        evaluator: 1,
        guardrail: 1,
        embedding: 1,
        event: 1,
        tool: 1,
      },
    ],
    ['mastra-otel', { agent: 2, chain: 6, llm: 4, event: 6, tool: 2 }],
    ['openinference-anthropic', { llm: 6 }],
    ['openinference-langchain', { llm: 7, chain: 6, prompt: 1, retriever: 1, tool: 1 }],
    ['openinference-openai', { llm: 3, embedding: 1, chain: 1 }],
    ['otel-contrib-openai', { llm: 5, embedding: 1 }],
    ['otel-manual-json', { chain: 1, agent: 1, llm: 1, embedding: 1, retriever: 1, tool: 3 }],
    ['traceloop', { llm: 3, tool: 1, chain: 2, agent: 1 }],
    ['vercel-ai-v4', { llm: 5, embedding: 1, tool: 1, chain: 5 }],
    ['vercel-ai-v7', { agent: 5, chain: 7, llm: 7, embedding: 2, tool: 2 }],
  ] as const)('%s: what its spans are', (client, types) => {
    expect(typesOf(spansOf(client))).toEqual(types)
  })
})

describe('mapSpan, what the notes of recordings tell', () => {
  test('claude-code: usage without prefix, a tool’s output in an event', () => {
    const spans = spansOf('claude-code')
    expect(named(spans, 'Bash')).toMatchObject({
      originalName: 'claude_code.tool',
      tool: { name: 'Bash', callId: 'toolu_mock1' },
      input: { form: 'value', value: 'echo 18' },
      output: { form: 'value', value: '18' },
    })
    const call = spans.find(({ type }) => type === 'llm')!
    expect(call.call).toEqual({
      provider: 'anthropic',
      requestModel: 'claude-mock',
      finishReasons: ['tool_calls'],
      usage: { inputTokens: 50, outputTokens: 17, cacheReadTokens: 12, cacheWriteTokens: 8 },
      timeToFirstUs: 29_000,
    })
    expect(new Set(spans.map((span) => span.context.sessionId))).toEqual(
      new Set(['ce55aef6-f936-44a3-bf4b-5615ca767dba']),
    )
  })

  test('gemini-cli: parts without a type, an object as a tool’s input, the session on the resource', () => {
    const spans = spansOf('gemini-cli')
    const [first] = spans
    expect(first!.output).toMatchObject({
      messages: [
        { role: 'assistant', parts: [{ type: 'toolCall', name: 'run_shell_command', args: { command: 'echo 18' } }] },
      ],
    })
    expect(first!.input).toMatchObject({
      messages: [{ role: 'system', parts: [{ text: 'Be brief.' }] }, { role: 'user' }],
    })
    expect(named(spans, 'run_shell_command')).toMatchObject({ input: { value: { args: { command: 'echo 18' } } } })
    expect(spans.every((span) => span.context.sessionId === '0e0a39a2-2588-4fd5-803c-4a3a541bd9ad')).toBe(true)
  })

  test('genkit: all in JSON, a failed flow', () => {
    const spans = spansOf('genkit')
    expect(named(spans, 'mock/echo')).toMatchObject({
      type: 'llm',
      call: { requestModel: 'mock/echo', finishReasons: ['stop'], params: { temperature: 0.2, max_tokens: 64 } },
      toolDefinitions: [{ name: 'get_weather' }],
    })
    expect(named(spans, 'badFlow')).toMatchObject({
      status: 'error',
      error: { message: 'flow exploded', type: 'Error' },
    })
  })

  test('langfuse-js: buckets that do not overlap, a quoted instant, errors beside the status', () => {
    const spans = spansOf('langfuse-js')
    expect(named(spans, 'llm-call')).toMatchObject({
      call: {
        requestModel: 'gpt-mock',
        params: { temperature: 0.2, max_tokens: 64 },
        cost: { nanoUsd: 3_000_000, source: 'reported' },
        timeToFirstUs: 0,
      },
      promptTemplate: { name: 'weather', version: 3 },
    })
    expect(named(spans, 'bad')).toMatchObject({ status: 'error', error: { message: 'it broke' } })
    expect(named(spans, 'handle-question').context).toEqual({
      sessionId: 'sess-lf',
      userId: 'user-7',
      tags: ['prod', 't'],
      environment: 'staging',
      release: 'r1',
      traceName: 'weather-trace',
      metadata: { tenant: 'acme', step: '1' },
    })
  })

  test('mastra-otel: reasons and tags in JSON texts, a first answer before the start', () => {
    const calls = spansOf('mastra-otel').filter(({ type }) => type === 'llm')
    expect(calls.map(({ call }) => call?.finishReasons)).toEqual([['tool_calls'], ['stop'], ['tool_calls'], ['stop']])
    expect(calls.map(({ call }) => call?.timeToFirstUs)).toEqual([68_000, undefined, 59_000, undefined])
    expect(calls[0]!.output).toBeUndefined()
    const agent = named(spansOf('mastra-otel'), 'Weather Agent')
    expect(agent).toMatchObject({ toolDefinitions: ['get_weather'], context: { tags: ['prod'], userId: 'user-7' } })
    expect(agent.context.metadata).toEqual({ runId: '28f7b24f-5d64-4ff3-b604-f30b1e419af3', tenant: 'acme' })
  })

  test('openinference-anthropic: a call told twice, a system prompt among the parameters', () => {
    const [first] = spansOf('openinference-anthropic')
    expect(first!.output).toEqual({
      form: 'messages',
      messages: [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: 'User wants weather.', signature: 'sigmock' },
            { type: 'toolCall', id: 'toolu_mock1', name: 'get_weather', args: { city: 'Paris' } },
          ],
        },
      ],
    })
    expect(first!.input).toMatchObject({
      messages: [{ role: 'system', parts: [{ text: 'Be brief.' }] }, { role: 'user' }],
    })
    // The image is in the raw request only, which is therefore kept.
    expect(first!.attributes['input.value']).toContain('iVBORw0KGgo=')
    const failed = spansOf('openinference-anthropic').filter(({ status }) => status === 'error')
    expect(failed.map(({ error }) => error?.type)).toEqual(['OverloadedError', 'mock_error'])
  })

  test('openinference-openai: what repeats the messages is used up with them', () => {
    const [first] = spansOf('openinference-openai')
    expect(first!.attributes['input.value']).toEqual({ model: 'gpt-mock', temperature: 0.2 })
    expect(first!.attributes['output.value']).toMatchObject({ id: 'chatcmpl-mock1', system_fingerprint: 'fp_mock' })
    expect(first!.context).toMatchObject({
      sessionId: 'sess-oi-1',
      tags: ['prod', 'beta'],
      metadata: { tenant: 'acme', tier: 2 },
    })
    expect(first!.promptTemplate).toEqual({
      template: 'Weather in {city}?',
      variables: { city: 'Paris' },
      version: 'v3',
    })
    expect(decoded('openinference-openai').map(projectNameOf)).toContain('demo-project')
  })

  test('openinference-langchain: serialised objects, documents', () => {
    const spans = spansOf('openinference-langchain')
    expect(named(spans, 'R').retrieval).toEqual({
      query: 'paris climate',
      documents: [
        { content: 'Paris is mild.', metadata: { source: 'a.txt', score: 0.9 } },
        { content: 'Berlin is cold.', metadata: { source: 'b.txt' } },
      ],
    })
    expect(named(spans, 'StrOutputParser').input).toMatchObject({ form: 'messages', messages: [{ role: 'assistant' }] })
    expect(named(spans, 'ChatOpenAI').call?.provider).toBe('openai')
    expect(named(spans, 'FakeListChatModel')).toMatchObject({ type: 'llm', input: { form: 'messages' } })
    expect(named(spans, 'FakeListChatModel').call).toBeUndefined()
  })

  test('otel-manual-json: whole doubles, an evaluation as an event', () => {
    const spans = spansOf('otel-manual-json')
    expect(named(spans, 'chat gpt-mock').call).toEqual({
      provider: 'openai',
      requestModel: 'gpt-mock',
      responseModel: 'gpt-mock-2026-01-01',
      responseId: 'r1',
      finishReasons: ['tool_calls'],
      params: { temperature: 0, top_p: 1, max_tokens: 64, stream: true, reasoning_level: 'low' },
      usage: { inputTokens: 120, outputTokens: 30, cacheReadTokens: 80, cacheWriteTokens: 20, reasoningTokens: 12 },
      timeToFirstUs: 3100,
    })
    expect(named(spans, 'weather').evaluations).toEqual([
      { name: 'Relevance', value: 0.9, label: 'relevant', explanation: 'on topic', target: 'span' },
    ])
    expect(named(spans, 'broken')).toMatchObject({
      status: 'error',
      error: { message: 'tool exploded', type: 'TypeError' },
    })
  })

  test('traceloop: a workflow’s name on every child names none of them', () => {
    const spans = spansOf('traceloop')
    expect(spans.map(({ name }) => name)).toEqual([
      'chat gpt-mock',
      'chat gpt-mock',
      'get_weather',
      'summarize',
      'weather_agent',
      'weather_flow',
      'chat claude-mock',
    ])
    expect(spans[0]!.context).toEqual({ sessionId: 'sess-tl', userId: 'user-7', metadata: { chat_id: 'c9' } })
    expect(spans[0]!.toolDefinitions).toMatchObject([{ type: 'function', function: { name: 'get_weather' } }])
  })

  test('vercel-ai-v4: counts that are no numbers are none', () => {
    const stream = named(spansOf('vercel-ai-v4'), 'stream-fn streamText.doStream')
    expect(stream.call).toMatchObject({ provider: 'openai', timeToFirstUs: 10_001 })
    expect(stream.call?.usage).toBeUndefined()
  })

  test('vercel-ai-v6-providers: the names of providers', () => {
    const providers = spansOf('vercel-ai-v6-providers').map(({ call }) => call?.provider)
    expect(new Set(providers)).toEqual(new Set(['groq', 'anthropic', 'gcp.gemini', 'mock-provider', undefined]))
  })

  test('vercel-ai-v7: agents show sums that nobody adds', () => {
    const agent = named(spansOf('vercel-ai-v7'), 'weather-fn')
    expect(agent).toMatchObject({
      type: 'agent',
      originalName: 'invoke_agent gpt-mock',
      call: { usage: { inputTokens: 84 } },
    })
    expect(agent.context).toEqual({ sessionId: 'sess-ai', userId: 'user-7' })
  })
})

describe('mapLog, recordings', () => {
  test('claude-code: what was asked and answered, what it cost', () => {
    const events = logsOf('claude-code')
    expect(events.map(({ name }) => name)).toEqual([
      'claude_code.managed_settings_resolved',
      'claude_code.plugin_loaded',
      'claude_code.plugin_loaded',
      'claude_code.plugin_loaded',
      'claude_code.user_prompt',
      'claude_code.tool_decision',
      'claude_code.api_request',
      'claude_code.tool_result',
      'claude_code.api_request',
      'claude_code.assistant_response',
    ])
    expect(events.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(events[4]).toMatchObject({
      spanId: 'f28c395b91af1ec4',
      promptId: 'c08a284c-e109-4ba5-bd6d-d615b63ef298',
      input: [{ role: 'user', parts: [{ type: 'text', text: 'Weather in Paris?' }] }],
      standsFor: { type: 'prompt', name: 'claude-code' },
    })
    expect(events[6]).toMatchObject({
      call: {
        provider: 'anthropic',
        requestModel: 'claude-mock',
        usage: { inputTokens: 50, outputTokens: 17, cacheReadTokens: 12, cacheWriteTokens: 8 },
        cost: { nanoUsd: 502_400, source: 'reported' },
        timeToFirstUs: 29_000,
      },
      standsFor: { type: 'llm', name: 'claude-mock', durationUs: 78_000, failed: false },
    })
    expect(events[7]).toMatchObject({
      toolCallId: 'toolu_mock1',
      inputValue: { command: 'echo 18', description: 'print' },
      standsFor: { type: 'tool', name: 'Bash', durationUs: 58_000, failed: false },
    })
  })

  test('gemini-cli: thoughts are output, and the calls come to what spans with them would', () => {
    const events = logsOf('gemini-cli')
    const calls = events.filter(({ standsFor }) => standsFor?.type === 'llm')
    const usage = { inputTokens: 42, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 }
    expect(calls.map(({ call }) => call?.usage)).toEqual([usage, usage])
    expect(calls[1]!.output).toEqual([
      { role: 'assistant', parts: [{ type: 'text', text: 'The weather in Paris is 18 degrees and sunny.' }] },
    ])
    expect(events.find(({ name }) => name === 'gemini_cli.tool_call')).toMatchObject({
      inputValue: { command: 'echo 18' },
      standsFor: { type: 'tool', name: 'run_shell_command', durationUs: 38_000, failed: false },
    })
  })

  test('otel-contrib-openai: messages before the spans they belong to', () => {
    const events = logsOf('otel-contrib-openai')
    expect(events).toHaveLength(15)
    const second = events.filter(({ spanId }) => spanId === '5d27db53ab54a8a3')
    expect(second.flatMap(({ input }) => input ?? []).map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
    ])
    expect(second.flatMap(({ output }) => output ?? [])).toHaveLength(1)
    expect(second.at(-1)!.call?.finishReasons).toEqual(['stop'])
    const structured = events.filter(({ name }) => name === 'gen_ai.client.inference.operation.details')
    expect(structured.map(({ input, output }) => [input?.length, output?.length])).toEqual([
      [2, undefined],
      [undefined, 1],
    ])
  })

  test('otel-manual-json: an evaluation; mastra-otel: a warning, which says nothing of a call', () => {
    expect(logsOf('otel-manual-json')).toMatchObject([
      { requestId: 'r1', evaluations: [{ name: 'Groundedness', value: 4, label: 'pass', target: 'span' }] },
    ])
    expect(logsOf('mastra-otel')).toEqual([])
  })
})
