import { describe, expect, test } from 'vitest'
import type { DecodedSpan } from '../otlp/span-request.ts'
import type { Usage } from '../span/usage.ts'
import { mapSent, sentScope, type Sent } from './hand-made.ts'

function usageOf(sent: Sent, more: Partial<DecodedSpan> = {}): Usage | undefined {
  return mapSent({ 'gen_ai.operation.name': 'chat', ...sent }, more).call?.usage
}

/** Counts in the names that most clients use. */
function genAi(input: number, output: number, more: Readonly<Record<string, number>> = {}): Sent {
  const sent: Record<string, number> = { 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output }
  const keys: Readonly<Record<string, string>> = {
    total: 'gen_ai.usage.total_tokens',
    read: 'gen_ai.usage.cache_read.input_tokens',
    write: 'gen_ai.usage.cache_creation.input_tokens',
    reasoning: 'gen_ai.usage.reasoning_tokens',
  }
  for (const [name, tokens] of Object.entries(more)) sent[keys[name]!] = tokens
  return sent
}

describe('correctUsage, by what the numbers tell', () => {
  test('counts that hold their parts stay as they are', () => {
    expect(usageOf(genAi(50, 17, { total: 67, read: 12, write: 8, reasoning: 5 }))).toEqual({
      inputTokens: 50,
      outputTokens: 17,
      cacheReadTokens: 12,
      cacheWriteTokens: 8,
      reasoningTokens: 5,
    })
  })

  test('more cached than input: the cache was beside it', () => {
    expect(usageOf(genAi(3, 17, { read: 900, write: 100 }))?.inputTokens).toBe(1003)
    expect(usageOf(genAi(0, 17, { read: 10 }))?.inputTokens).toBe(10)
  })

  test('a total that holds the cache, reasoning, or both', () => {
    expect(usageOf(genAi(30, 17, { total: 67, read: 12, write: 8 }))?.inputTokens).toBe(50)
    expect(usageOf(genAi(42, 12, { total: 59, reasoning: 5 }))?.outputTokens).toBe(17)
    const both = usageOf(genAi(30, 12, { total: 67, read: 12, write: 8, reasoning: 5 }))
    expect([both?.inputTokens, both?.outputTokens]).toEqual([50, 17])
  })

  test('a total that is input and output leaves all as it is', () => {
    expect(usageOf(genAi(30, 17, { total: 47, read: 12, write: 8 }))?.inputTokens).toBe(30)
  })

  test('more reasoning than output: it was beside it', () => {
    expect(usageOf(genAi(10, 2, { reasoning: 40 }))?.outputTokens).toBe(42)
  })

  test('of input, output and total one may be missing', () => {
    expect(usageOf({ 'gen_ai.usage.prompt_tokens': 42, 'llm.usage.total_tokens': 59 })).toEqual({
      inputTokens: 42,
      outputTokens: 17,
    })
    expect(usageOf({ 'gen_ai.operation.name': 'embeddings', 'llm.usage.total_tokens': 8 })).toEqual({ inputTokens: 8 })
    expect(usageOf({ 'llm.usage.total_tokens': 8 })).toBeUndefined()
  })
})

describe('correctUsage, by client', () => {
  test('Claude Code leaves the cache out of its input', () => {
    const sent = {
      'span.type': 'llm_request',
      input_tokens: 30,
      output_tokens: 17,
      cache_read_tokens: 12,
      cache_creation_tokens: 8,
    }
    const scope = sentScope('com.anthropic.claude_code.tracing', '1.0.0')
    expect(usageOf(sent, { scope })).toEqual({
      inputTokens: 50,
      outputTokens: 17,
      cacheReadTokens: 12,
      cacheWriteTokens: 8,
    })
    expect(usageOf(sent)).toBeUndefined()
  })

  test('OpenLLMetry JS for Anthropic leaves it out up to 0.27', () => {
    const sent = genAi(30, 17, { total: 47, read: 12, write: 8 })
    const name = '@traceloop/instrumentation-anthropic'
    expect(usageOf(sent, { scope: sentScope(name, '0.27.0') })?.inputTokens).toBe(50)
    expect(usageOf(sent, { scope: sentScope(name, '0.28.1') })?.inputTokens).toBe(30)
    expect(usageOf(sent, { scope: sentScope(name, '1.0.0') })?.inputTokens).toBe(30)
    expect(usageOf(sent, { scope: sentScope('@traceloop/instrumentation-openai', '0.27.0') })?.inputTokens).toBe(30)
  })

  test('AI SDK 5 with Anthropic says the cache in the provider’s metadata only', () => {
    const sent = {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.usage.inputTokens': 30,
      'ai.usage.outputTokens': 17,
      'ai.usage.totalTokens': 47,
      'ai.usage.cachedInputTokens': 12,
      'ai.response.providerMetadata':
        '{"anthropic":{"usage":{"input_tokens":30,"cache_creation_input_tokens":8,"cache_read_input_tokens":12}}}',
    }
    expect(usageOf(sent)).toEqual({ inputTokens: 50, outputTokens: 17, cacheReadTokens: 12, cacheWriteTokens: 8 })
    const version6 = {
      ...sent,
      'ai.usage.inputTokens': 50,
      'ai.usage.totalTokens': 67,
      'ai.usage.inputTokenDetails.noCacheTokens': 30,
    }
    expect(usageOf(version6)).toEqual({ inputTokens: 50, outputTokens: 17, cacheReadTokens: 12, cacheWriteTokens: 8 })
  })

  test('AI SDK 4 with OpenAI counts cached tokens as input already', () => {
    const sent = {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.usage.promptTokens': 42,
      'ai.usage.completionTokens': 17,
      'ai.response.providerMetadata': '{"openai":{"reasoningTokens":5,"cachedPromptTokens":10}}',
    }
    expect(usageOf(sent)).toEqual({ inputTokens: 42, outputTokens: 17 })
  })

  test('ADK leaves thoughts out of its output', () => {
    const response = {
      usageMetadata: {
        promptTokenCount: 42,
        candidatesTokenCount: 12,
        thoughtsTokenCount: 5,
        cachedContentTokenCount: 10,
      },
    }
    const sent = { 'gcp.vertex.agent.llm_response': JSON.stringify(response) }
    const whole = { inputTokens: 42, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 }
    expect(usageOf({ ...genAi(42, 12), ...sent })).toEqual(whole)
    expect(usageOf({ ...genAi(42, 17), ...sent })).toEqual(whole)
    expect(usageOf(sent)).toEqual(whole)
  })
})

function details(buckets: Readonly<Record<string, number>>): Usage | undefined {
  return mapSent({
    'langfuse.observation.type': 'generation',
    'langfuse.observation.usage_details': JSON.stringify(buckets),
    'gen_ai.usage.input_tokens': 1,
  }).call?.usage
}

describe('langfuseUsage', () => {
  test('adds up buckets that do not overlap', () => {
    expect(
      details({
        input: 32,
        output: 12,
        total: 59,
        input_cached_tokens: 10,
        input_audio_tokens: 0,
        output_reasoning_tokens: 5,
      }),
    ).toEqual({ inputTokens: 42, outputTokens: 17, cacheReadTokens: 10, reasoningTokens: 5 })
    expect(details({ input: 3, cache_read_input_tokens: 900, cache_creation_input_tokens: 100, output: 7 })).toEqual({
      inputTokens: 1003,
      outputTokens: 7,
      cacheReadTokens: 900,
      cacheWriteTokens: 100,
    })
  })

  test('takes OpenAI’s names', () => {
    expect(details({ prompt_tokens: 42, completion_tokens: 17, total_tokens: 59 })).toEqual({
      inputTokens: 42,
      outputTokens: 17,
    })
  })

  test('believes a total that says the parts are inside', () => {
    expect(details({ input: 42, output: 17, output_reasoning_tokens: 5, total: 59 })).toEqual({
      inputTokens: 42,
      outputTokens: 17,
      reasoningTokens: 5,
    })
  })
})
