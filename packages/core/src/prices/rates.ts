import type { CallPrice } from '../span/cost.ts'
import { maxCallNanoUsd } from '../span/largest-figures.ts'
import type { Usage } from '../span/usage.ts'

/**
 * What one token of each kind costs, in pico-USD: $1 for a million tokens is 1,000,000. Prices have up to six decimals,
 * so that these are whole numbers, and sums of them are exact up to $9,000.
 */
export interface Rates {
  readonly input?: number | undefined
  readonly output?: number | undefined
  readonly cacheRead?: number | undefined
  readonly cacheWrite?: number | undefined
  readonly reasoning?: number | undefined
  /** Tokens that are no text, by modality (at the price of text). */
  readonly modalities?: Readonly<Partial<Record<Modality, ModalityRates>>> | undefined
  /** For the call itself (0). */
  readonly request?: number | undefined
}

export const modalities = ['audio', 'image', 'video'] as const
export type Modality = (typeof modalities)[number]

export interface ModalityRates {
  readonly input?: number | undefined
  readonly output?: number | undefined
  readonly cacheRead?: number | undefined
}

/** From US dollars for a million tokens, as prices are written. */
export function rateOf(usdPerMillion: number): number {
  return Math.round(usdPerMillion * 1_000_000_000) / 1000
}

/**
 * What the tokens of one call cost, in whole nano-USD, rounded half up.
 * @returns `undefined` where a price or a count is missing, as a part of the cost is not the cost, and for more than
 * a call can cost (`maxCallNanoUsd`).
 */
export function costOf(usage: Usage, rates: Rates): number | undefined {
  const input = inputCost(usage, rates)
  const output = outputCost(usage, rates)
  if (input === undefined || output === undefined) return undefined
  const nanoUsd = Math.floor((input + output + (rates.request ?? 0) + 500) / 1000)
  return nanoUsd > maxCallNanoUsd ? undefined : nanoUsd
}

/** Cached input is billed at its own price, or as input where it has none. */
function inputCost(usage: Usage, rates: Rates): number | undefined {
  const { inputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage
  if (inputTokens === undefined || (rates.input === undefined && inputTokens > 0)) return undefined
  const text = rates.input ?? 0
  const bill = new Bill(inputTokens)
  let reads = cacheReadTokens
  for (const modality of modalities) {
    const own = rates.modalities?.[modality]
    if (own === undefined) continue
    const read = usage.modalities?.[`${modality}.cache_read`] ?? 0
    reads -= bill.add(read, own.cacheRead ?? rates.cacheRead ?? own.input ?? text)
    bill.add((usage.modalities?.[`${modality}.input`] ?? 0) - read, own.input ?? text)
  }
  bill.add(reads, rates.cacheRead ?? text)
  bill.add(cacheWriteTokens, rates.cacheWrite ?? text)
  return bill.addRest(text)
}

/** Embeddings have no output and no price for it. */
function outputCost(usage: Usage, rates: Rates): number | undefined {
  const { outputTokens, reasoningTokens = 0 } = usage
  if (rates.output === undefined) return outputTokens === undefined || outputTokens === 0 ? 0 : undefined
  if (outputTokens === undefined) return undefined
  const bill = new Bill(outputTokens)
  for (const modality of modalities) {
    const own = rates.modalities?.[modality]?.output
    if (own !== undefined) bill.add(usage.modalities?.[`${modality}.output`] ?? 0, own)
  }
  bill.add(reasoningTokens, rates.reasoning ?? rates.output)
  return bill.addRest(rates.output)
}

/** Parts of a whole, each at its price; never more tokens than the whole has, whatever a client says of its parts. */
class Bill {
  #left: number
  #sum = 0

  constructor(tokens: number) {
    this.#left = tokens
  }

  /** @returns how many of the tokens were billed. */
  add(tokens: number, rate: number): number {
    const billed = Math.min(Math.max(tokens, 0), this.#left)
    this.#left -= billed
    this.#sum += billed * rate
    return billed
  }

  addRest(rate: number): number {
    this.add(this.#left, rate)
    return this.#sum
  }
}

export type PriceSource = Pick<CallPrice, 'list' | 'provider' | 'model'>

/** Rates, and the same as it is kept with the cost. Made once for a model and shared by its calls. */
export interface Price {
  readonly rates: Rates
  readonly callPrice: CallPrice
}

/** In `CallPrice` a price is whole nano-USD for a million tokens. */
export function priceOf(source: PriceSource, rates: Rates): Price {
  const { input, output, cacheRead, cacheWrite } = rates
  const callPrice: CallPrice = {
    ...source,
    ...(input !== undefined && { inputPerMillion: Math.round(input * 1000) }),
    ...(output !== undefined && { outputPerMillion: Math.round(output * 1000) }),
    ...(cacheRead !== undefined && { cacheReadPerMillion: Math.round(cacheRead * 1000) }),
    ...(cacheWrite !== undefined && { cacheWritePerMillion: Math.round(cacheWrite * 1000) }),
  }
  return { rates, callPrice }
}
