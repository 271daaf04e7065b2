import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { calcPrice } from '@pydantic/genai-prices'
import { describe, expect, test } from 'vitest'
import type { Usage } from '../span/usage.ts'
import { priceCall } from './price-call.ts'
import { parseUserPrices } from './user-prices.ts'

const atUs = Date.parse('2026-11-23T12:00:00Z') * 1000
const usage: Usage = { inputTokens: 1000, outputTokens: 100 }

/** What 1,000 tokens in and 100 out cost, in nano-USD. */
const costOf = (provider: string | undefined, ...models: string[]) =>
  priceCall({ provider, models, usage, atUs })?.nanoUsd

const geminiCall = (inputTokens: number) =>
  priceCall({ provider: 'gcp.gemini', models: ['gemini-2.5-pro'], usage: { inputTokens, outputTokens: 1000 }, atUs })
const onDay = (date: string) =>
  priceCall({ provider: 'openai', models: ['o3'], usage, atUs: Date.parse(date) * 1000 })?.nanoUsd

describe('priceCall', () => {
  test.each([
    ['openai', 'gpt-4o', 3_500_000],
    ['openai', 'gpt-4o-2024-08-06', 3_500_000],
    ['openai', 'text-embedding-3-small', undefined],
    ['anthropic', 'claude-sonnet-4-5-20250929', 4_500_000],
    ['gcp.gemini', 'gemini-2.5-flash', 550_000],
    ['gcp.gemini', 'models/gemini-2.5-flash', 550_000],
    ['gcp.vertex_ai', 'publishers/google/models/gemini-2.5-pro', 2_250_000],
    ['aws.bedrock', 'us.anthropic.claude-sonnet-4-20250514-v1:0', 4_500_000],
    ['azure.ai.openai', 'gpt-4o', 3_500_000],
    ['mistral_ai', 'mistral-large-latest', 2_600_000],
    ['x_ai', 'grok-4', 4_500_000],
    ['groq', 'llama-3.3-70b-versatile', 669_000],
    [undefined, 'gpt-4o', 3_500_000],
    [undefined, 'openai/gpt-4o', 3_500_000],
    ['litellm', 'anthropic/claude-sonnet-4-5', 4_500_000],
  ])('prices %s %s', (provider, model, nanoUsd) => {
    expect(costOf(provider, model)).toBe(nanoUsd)
  })

  test('adds the price of the request where the list has one', () => {
    expect(costOf('perplexity', 'sonar')).toBe(1_100_000 + 12_000_000)
  })

  test('prices embeddings, which have no output', () => {
    const call = { provider: 'openai', models: ['text-embedding-3-small'], usage: { inputTokens: 1000 }, atUs }
    expect(priceCall(call)?.nanoUsd).toBe(20_000)
  })

  test('takes the model of the answer before the one asked for', () => {
    expect(costOf('openai', 'gpt-4o-mini', 'gpt-4o')).toBe(210_000)
    expect(costOf('azure.ai.openai', 'our-deployment', 'gpt-4o')).toBe(3_500_000)
  })

  test.each([
    ['openai', 'gpt-mock'],
    ['ollama', 'mistral'],
    ['mock-provider', 'gpt-4o'],
    ['openai-like', 'gpt-4o'],
    [undefined, 'unsloth/gpt-4o'],
    [undefined, 'deepseek-r1:7b'],
  ])('knows no price of %s %s', (provider, model) => {
    expect(costOf(provider, model)).toBeUndefined()
  })

  test('knows no price without models or counts', () => {
    expect(costOf('openai')).toBeUndefined()
    expect(priceCall({ provider: 'openai', models: ['gpt-4o'], usage: {}, atUs })).toBeUndefined()
  })

  test('tells the price that was used, in nano-USD for a million tokens', () => {
    expect(priceCall({ provider: 'openai', models: ['gpt-5'], usage, atUs })?.price).toEqual({
      list: 'genai-prices',
      provider: 'openai',
      model: 'gpt-5',
      inputPerMillion: 1_250_000_000,
      outputPerMillion: 10_000_000_000,
      cacheReadPerMillion: 125_000_000,
    })
  })

  test('bills all tokens of a long call at the price of long calls', () => {
    expect(geminiCall(200_000)).toMatchObject({
      nanoUsd: 250_000_000 + 10_000_000,
      price: { inputPerMillion: 1_250_000_000 },
    })
    expect(geminiCall(200_001)).toMatchObject({
      nanoUsd: 500_002_500 + 15_000_000,
      price: { inputPerMillion: 2_500_000_000 },
    })
  })

  test('prices a call at the price of its day', () => {
    expect(onDay('2025-06-09')).toBe(14_000_000)
    expect(onDay('2025-06-10')).toBe(2_800_000)
  })

  test('gives what the list itself calculates, for every model it has', () => {
    const text = readFileSync(fileURLToPath(import.meta.resolve('@pydantic/genai-prices')), 'utf8')
    const ids = [...text.matchAll(/^ {8}id: "([^"]+)"/gm)].map(([, id]) => id!)
    const parts = { inputTokens: 1234, outputTokens: 567, cacheReadTokens: 100, cacheWriteTokens: 50 }
    let compared = 0
    for (const provider of ['openai', 'anthropic', 'groq', 'deepseek', 'cohere', 'openrouter']) {
      for (const id of ids) {
        const listed = calcPrice(
          { input_tokens: 1234, output_tokens: 567, cache_read_tokens: 100, cache_write_tokens: 50 },
          id,
          { providerId: provider, timestamp: new Date(atUs / 1000) },
        )
        const ours = priceCall({ provider, models: [id], usage: parts, atUs })
        if (listed === null || ours === undefined || listed.model.id !== ours.price.model) continue
        expect(Math.abs(ours.nanoUsd - listed.total_price * 1e9), `${provider} ${id}`).toBeLessThan(0.51)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(300)
  })

  test("takes the user's own price first", () => {
    const own = parseUserPrices(
      [
        { provider: 'ollama', model: '*', input: 0, output: 0 },
        { model: 'gpt-4o', input: 1, output: 2 },
      ],
      'prices.json',
    )
    const call = { models: ['gpt-4o'], usage, atUs }
    expect(priceCall({ ...call, provider: 'ollama' }, own)).toEqual({
      nanoUsd: 0,
      price: { list: 'user', provider: 'ollama', model: '*', inputPerMillion: 0, outputPerMillion: 0 },
    })
    expect(priceCall({ ...call, provider: 'openai' }, own)).toMatchObject({
      nanoUsd: 1_200_000,
      price: { list: 'user', provider: 'openai', model: 'gpt-4o' },
    })
    expect(priceCall({ ...call, provider: 'openai', models: ['gpt-4o-mini'] }, own)?.price.list).toBe('genai-prices')
  })

  test('brings a list that asks nobody', () => {
    const text = readFileSync(fileURLToPath(import.meta.resolve('@pydantic/genai-prices')), 'utf8')
    expect(text).toContain('updatePrices')
    expect(text).not.toMatch(/\bfetch\s*\(|XMLHttpRequest|node:https?|WebSocket|setInterval/)
  })
})
