import { describe, expect, test } from 'vitest'
import type { SpanId, TraceId } from '../../ids/ids.ts'
import { readSpansJson, writeSpansJson } from '../../otlp/index.ts'
import type { Span } from '../../span/span.ts'
import { mapSpan } from '../map-span.ts'
import { emitSpans } from './emit-span.ts'

const plain: Span = {
  traceId: 'a'.repeat(32) as TraceId,
  spanId: 'b'.repeat(16) as SpanId,
  name: 'step',
  type: 'span',
  kind: 'internal',
  status: 'unset',
  startUs: 1_700_000_000_000_000,
  endUs: 1_700_000_001_000_000,
  origin: 'span',
  context: {},
  attributes: {},
  events: [],
  links: [],
  source: {
    resource: { attributes: { 'service.name': 'shop' } },
    scope: { name: 'sample', version: '1' },
    dialects: [],
    usedKeys: [],
    mappingVersion: 1,
  },
}

/** Out as OTLP JSON, and in again. */
function thereAndBack(span: Span): Span {
  const { spans } = readSpansJson(new TextEncoder().encode(writeSpansJson(emitSpans([span]))))
  return mapSpan(spans[0]!, { receivedUs: 0 })
}

const samples: Record<string, Partial<Span>> = {
  'a model call': {
    type: 'llm',
    kind: 'client',
    status: 'ok',
    call: {
      provider: 'openai',
      requestModel: 'gpt-4o',
      responseModel: 'gpt-4o-2024-08-06',
      responseId: 'resp-1',
      finishReasons: ['tool_calls'],
      params: { temperature: 0, choice_count: 2, reasoning_level: 'low' },
      usage: { inputTokens: 120, outputTokens: 30, cacheReadTokens: 100, cacheWriteTokens: 2, reasoningTokens: 5 },
      cost: { nanoUsd: 600_000, source: 'reported' },
      timeToFirstUs: 250_000,
    },
    input: {
      form: 'messages',
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'What is this?' },
            { type: 'media', modality: 'image', mime: 'image/png', data: 'iVBORw0=' },
          ],
        },
        { role: 'tool', parts: [{ type: 'toolResult', id: 'call-0', result: { found: true } }] },
      ],
    },
    output: {
      form: 'messages',
      messages: [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', text: 'Look it up.' },
            { type: 'toolCall', id: 'call-1', name: 'track', args: { id: 7 } },
          ],
        },
      ],
    },
    toolDefinitions: [{ type: 'function', name: 'track', parameters: { type: 'object' } }],
  },
  'a tool that failed': {
    name: 'track',
    type: 'tool',
    status: 'error',
    error: { type: 'TimeoutError', message: 'no answer' },
    tool: { name: 'track', callId: 'call-1', kind: 'function' },
    input: { form: 'value', value: { id: 7 } },
    output: { form: 'value', value: 'none' },
  },
  'an agent with what it says of the trace': {
    name: 'support',
    type: 'agent',
    agent: { name: 'support', id: 'agent-1' },
    input: { form: 'value', value: { question: 'Where?' } },
    output: { form: 'value', value: 'Here.' },
    context: {
      sessionId: 's',
      userId: 'u',
      tags: ['a', 'b'],
      metadata: { tenant: 'acme' },
      environment: 'prod',
      release: '1.2',
    },
  },
  'a guardrail': { type: 'guardrail' },
  'a span that is open': { endUs: undefined, attributes: { 'http.route': '/x', deep: { list: [1, 'two'] } } },
}

describe('emitSpans', () => {
  test.each(Object.entries(samples))('gives %s back when it is mapped again', (_, changes) => {
    const span = { ...plain, ...changes }
    const back = thereAndBack(span)
    expect(back).toMatchObject(JSON.parse(JSON.stringify({ ...changes, attributes: {} })))
    expect(back).toMatchObject({ traceId: span.traceId, spanId: span.spanId, startUs: span.startUs, endUs: span.endUs })
  })

  test('keeps what no rule has used, with events and links', () => {
    const back = thereAndBack({
      ...plain,
      attributes: { 'http.route': '/x' },
      events: [{ name: 'note', timeUs: plain.startUs, attributes: { a: 1 } }],
      links: [{ traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), attributes: { why: 'cause' } }],
    })
    expect(back.attributes).toEqual({ 'http.route': '/x' })
    expect(back.events).toEqual([{ name: 'note', timeUs: plain.startUs, attributes: { a: 1 } }])
    expect(back.links).toMatchObject([
      { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), attributes: { why: 'cause' } },
    ])
  })

  test('gives no price of ours as the word of the client', () => {
    const call = { requestModel: 'gpt-4o', cost: { nanoUsd: 5, source: 'priced' as const } }
    expect(emitSpans([{ ...plain, type: 'llm', call }])[0]!.attributes).not.toHaveProperty('gen_ai.usage.cost')
  })

  test('shares resource and scope between spans that say the same of them', () => {
    const [one, other] = emitSpans([plain, structuredClone(plain)])
    expect(one!.resource).toBe(other!.resource)
    expect(one!.scope).toBe(other!.scope)
  })
})
