import { describe, expect, test } from 'vitest'
import { TraceLLMError } from '../errors/tracellm-error.ts'
import { findUserPrice, parseUserPrices } from './user-prices.ts'

const day = (date: string) => Date.parse(date) * 1000
const atUs = day('2026-11-23')

/** The input price of the entry found, in pico-USD a token. */
const priceOf = (json: unknown, model: string, provider?: string, when = atUs) =>
  findUserPrice(parseUserPrices(json, 'prices.json'), { provider, model, atUs: when })?.rates.input

const entry = (input: number, about: object) => ({ input, output: 0, ...about })

describe('parseUserPrices', () => {
  test('reads US dollars for a million tokens', () => {
    const json = [{ provider: 'ollama', model: 'Qwen3:32b', input: 0.5, output: 1, cache_read: 0.05, cache_write: 0.6 }]
    expect(parseUserPrices(json, 'prices.json').entries).toEqual([
      {
        provider: 'ollama',
        model: 'qwen3:32b',
        rates: { input: 500_000, output: 1_000_000, cacheRead: 50_000, cacheWrite: 600_000 },
      },
    ])
  })

  test('reads the list from an object too', () => {
    expect(priceOf({ prices: [entry(1, { model: 'a' })] }, 'a')).toBe(1_000_000)
  })

  test.each([
    ['a text', 'a list of prices is expected'],
    [{ models: [] }, 'a list of prices is expected'],
    [[7], 'entry 1: an object is expected'],
    [[{ input: 1, output: 1 }], 'entry 1: "model" must be a name'],
    [[{ model: ' ', input: 1, output: 1 }], 'entry 1: "model" must be a name'],
    [[{ model: 'a', provider: 3, input: 1, output: 1 }], 'entry 1: "provider" must be a name'],
    [[{ model: 'a', output: 1 }], 'entry 1: "input" is missing'],
    [[{ model: 'a', input: 1, output: -1 }], 'entry 1: "output" must be US dollars for a million tokens, 0 or more'],
    [[{ model: 'a', input: 1, output: '1' }], 'entry 1: "output" must be US dollars for a million tokens, 0 or more'],
    [
      [entry(1, { model: 'a' }), entry(1, { model: 'b', cached: 2 })],
      'entry 2: "cached" is not known; there are provider, model, input, output, cache_read, cache_write, from',
    ],
    [[entry(1, { model: 'a', from: '2026-02-30' })], 'entry 1: "from" must be a date such as 2026-11-23'],
    [[entry(1, { model: 'a', from: 'soon' })], 'entry 1: "from" must be a date such as 2026-11-23'],
  ])('says what is wrong with %j, and where', (json, detail) => {
    const parse = () => parseUserPrices(json, '/home/anna/.tracellm/prices.json')
    expect(parse).toThrow(TraceLLMError)
    expect(parse).toThrow(`/home/anna/.tracellm/prices.json: ${detail}`)
  })

  test('can be handed to a thread', () => {
    const prices = parseUserPrices([entry(1, { model: 'a*', from: '2026-01-01' })], 'prices.json')
    expect(structuredClone(prices)).toEqual(prices)
  })
})

describe('findUserPrice', () => {
  test.each([
    ['llama-3*', 'llama-3.3-70b', true],
    ['LLAMA-3*', 'Llama-3.3-70b', true],
    ['llama-3*', 'my-llama-3', false],
    ['*-mini', 'gpt-5-mini', true],
    ['gpt-*-mini', 'gpt-5-mini', true],
    ['gpt-*-mini', 'gpt-mini', false],
    ['ab*ba', 'aba', false],
    ['a*b*c', 'a-b-b-c', true],
    ['*', 'anything', true],
    ['gpt-5', 'gpt-5-mini', false],
    ['gpt.5', 'gpt-5', false],
  ])('%s fits %s: %s', (pattern, model, fits) => {
    expect(priceOf([entry(1, { model: pattern })], model) !== undefined).toBe(fits)
  })

  test('takes the most telling entry, wherever it stands', () => {
    const json = [
      entry(1, { model: '*' }),
      entry(4, { model: 'gpt-5', provider: 'openai' }),
      entry(2, { model: 'gpt-*' }),
      entry(3, { model: 'gpt-5' }),
    ]
    expect(priceOf(json, 'gpt-5', 'openai')).toBe(4_000_000)
    expect(priceOf(json, 'gpt-5', 'azure.ai.openai')).toBe(3_000_000)
    expect(priceOf(json, 'gpt-6', 'openai')).toBe(2_000_000)
    expect(priceOf(json, 'claude')).toBe(1_000_000)
  })

  test('takes the price of the day', () => {
    const json = [
      entry(3, { model: 'a', from: '2026-06-01' }),
      entry(1, { model: 'a' }),
      entry(2, { model: 'a', from: '2026-01-01' }),
    ]
    expect(priceOf(json, 'a', undefined, day('2025-12-31'))).toBe(1_000_000)
    expect(priceOf(json, 'a', undefined, day('2026-05-31T23:59:59Z'))).toBe(2_000_000)
    expect(priceOf(json, 'a', undefined, day('2026-06-01'))).toBe(3_000_000)
    expect(priceOf([entry(3, { model: 'a', from: '2026-06-01' })], 'a', undefined, day('2026-05-31'))).toBeUndefined()
  })

  test('takes the later of two alike', () => {
    expect(priceOf([entry(1, { model: 'a' }), entry(2, { model: 'a' })], 'a')).toBe(2_000_000)
  })

  test('knows a provider by its canonical name and by that of the price list', () => {
    const json = [entry(1, { model: 'gemini-*', provider: 'google' }), entry(2, { model: 'grok-*', provider: 'x_ai' })]
    expect(priceOf(json, 'gemini-2.5-pro', 'gcp.gemini')).toBe(1_000_000)
    expect(priceOf(json, 'grok-4', 'x_ai')).toBe(2_000_000)
    expect(priceOf(json, 'grok-4', 'openai')).toBeUndefined()
    expect(priceOf(json, 'grok-4')).toBeUndefined()
  })
})
