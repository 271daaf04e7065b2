import { describe, expect, test } from 'vitest'
import { finishReasonNamed, knownProvider, providerNamed } from './values.ts'

describe('providerNamed', () => {
  test.each([
    ['openai', 'openai'],
    ['OpenAI', 'openai'],
    ['openai.responses', 'openai'],
    ['anthropic.messages', 'anthropic'],
    ['google.generative-ai', 'gcp.gemini'],
    ['gcp.gen_ai', 'gcp.gemini'],
    ['google.vertex.chat', 'gcp.vertex_ai'],
    ['gcp.vertex_ai', 'gcp.vertex_ai'],
    ['azure-openai.chat', 'azure.ai.openai'],
    ['az.ai.inference', 'azure.ai.inference'],
    ['amazon-bedrock', 'aws.bedrock'],
    ['mistral.chat', 'mistral_ai'],
    ['groq.chat', 'groq'],
    ['ibm.watsonx.ai', 'ibm.watsonx.ai'],
    ['mock-provider', 'mock-provider'],
    ['My.Own', 'My.Own'],
  ])('%s is %s', (sent, named) => expect(providerNamed(sent)).toBe(named))
})

describe('knownProvider', () => {
  test('knows no name it was not told', () => {
    expect(knownProvider('constructor')).toBeUndefined()
    expect(knownProvider('')).toBeUndefined()
  })

  test('does not walk through a text that can be no name', () => {
    expect(knownProvider('openai.'.repeat(28))).toBe('openai')
    expect(knownProvider('openai.'.repeat(1_000_000))).toBeUndefined()
  })
})

describe('finishReasonNamed', () => {
  test.each([
    ['STOP', 'stop'],
    ['end_turn', 'stop'],
    ['endTurn', 'stop'],
    ['tool-calls', 'tool_calls'],
    ['toolUse', 'tool_calls'],
    ['MAX_TOKENS', 'length'],
    ['FinishReason.MAX_TOKENS', 'length'],
    ['SAFETY', 'content_filter'],
    ['content-filter', 'content_filter'],
    ['guardrail_intervened', 'content_filter'],
    ['pause_turn', 'pause_turn'],
    ['toString', 'toString'],
  ])('%s is %s', (sent, named) => expect(finishReasonNamed(sent)).toBe(named))
})
