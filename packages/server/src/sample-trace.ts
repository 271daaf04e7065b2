import type { Message, Span, SpanId, TraceId } from '@tracellm/core'

/** A trace with one of everything: an agent that asks a model, which calls a tool that fails, and reads a passage. */
export function sampleTrace(traceId: TraceId, changes: Partial<Span> = {}): Span[] {
  const about = (id: number, after: number, took: number) => ({
    traceId,
    spanId: sampleSpanId(id),
    ...(id === 1 ? {} : { parentId: sampleSpanId(1) }),
    kind: 'internal' as const,
    status: 'unset' as const,
    startUs: sampleStartUs + after,
    endUs: sampleStartUs + after + took,
    origin: 'span' as const,
    context: {},
    attributes: {},
    events: [],
    links: [],
    source,
    ...changes,
  })
  return [
    {
      ...about(1, 0, 2_500_500),
      name: 'support',
      type: 'agent',
      agent: { name: 'support', id: 'agent-1' },
      context: {
        sessionId: 'session-1',
        userId: 'anna',
        tags: ['beta'],
        metadata: { tenant: 'acme' },
        environment: 'prod',
        ...changes.context,
      },
      input: { form: 'value', value: { question: 'Where is my parcel?' } },
      output: { form: 'value', value: 'It is on its way.' },
    },
    {
      ...about(2, 1000, 800_250),
      name: 'chat gpt-4o',
      type: 'llm',
      kind: 'client',
      call: {
        provider: 'openai',
        requestModel: 'gpt-4o',
        responseModel: 'gpt-4o-2024-08-06',
        responseId: 'resp-1',
        finishReasons: ['tool_calls'],
        params: { temperature: 0 },
        usage: { inputTokens: 120, outputTokens: 30, cacheReadTokens: 100, reasoningTokens: 5 },
        cost: { nanoUsd: 600_000, source: 'reported' },
        timeToFirstUs: 250_000,
      },
      input: { form: 'messages', messages: sampleQuestion },
      output: { form: 'messages', messages: [sampleToolCall] },
      toolDefinitions: [{ type: 'function', name: 'track', parameters: { type: 'object' } }],
    },
    {
      ...about(3, 802_000, 100_000),
      name: 'track',
      type: 'tool',
      status: 'error',
      error: { type: 'TimeoutError', message: 'no answer from the carrier' },
      tool: { name: 'track', callId: 'call-1', kind: 'function' },
      input: { form: 'value', value: { id: 7 } },
      output: { form: 'value', value: null },
      attributes: { 'http.response.status_code': 504 },
      events: [
        { name: 'exception', timeUs: sampleStartUs + 900_000, attributes: { 'exception.type': 'TimeoutError' } },
      ],
    },
    {
      ...about(4, 903_000, 50_000),
      name: 'search',
      type: 'retriever',
      retrieval: { query: 'parcel', topK: 2, documents: [{ id: 'a', score: 0.9, content: 'Parcels take two days.' }] },
      input: { form: 'value', value: 'parcel' },
      links: [{ traceId: 'f'.repeat(32), spanId: 'f'.repeat(16), attributes: { why: 'cause' } }],
    },
  ]
}

/** Saturday, 3 February 2024, 11:00 UTC. */
export const sampleStartUs = Date.UTC(2024, 1, 3, 11) * 1000

export function sampleSpanId(id: number): SpanId {
  return id.toString(16).padStart(16, '0') as SpanId
}

export const sampleQuestion: readonly Message[] = [
  { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
  { role: 'user', parts: [{ type: 'text', text: 'Where is my parcel?' }] },
]

export const sampleToolCall: Message = {
  role: 'assistant',
  parts: [
    { type: 'reasoning', text: 'I must look it up.' },
    { type: 'toolCall', id: 'call-1', name: 'track', args: { id: 7 } },
  ],
}

const source: Span['source'] = {
  resource: { attributes: { 'service.name': 'shop' } },
  scope: { name: 'sample', version: '1' },
  dialects: ['gen-ai'],
  usedKeys: ['gen_ai.request.model'],
  mappingVersion: 1,
}
