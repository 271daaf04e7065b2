import type { CallPrice } from '../span/cost.ts'
import type { Usage } from '../span/usage.ts'
import { findListed, priceAt } from './price-list.ts'
import { costOf, type Price } from './rates.ts'
import { findUserPrice, type UserPrices } from './user-prices.ts'

export interface PricedCall {
  readonly provider?: string | undefined
  /** The model of the answer, then the one asked for, as far as they are known. */
  readonly models: readonly string[]
  readonly usage: Usage
  /** When the call was made: prices change. */
  readonly atUs: number
}

/**
 * What the tokens of one LLM call cost, in nano-USD, rounded half up, and the price that was used.
 * Cached input is billed at the list's cached price, or at its input price where it has none.
 * Source: OTel GenAI `gen_ai.usage.*`; the user's own prices, else those of `@pydantic/genai-prices` on the call's date.
 * @returns `undefined` for a model without a price, and for a call that does not say how many tokens it took, so that
 * a sum can say it is partial.
 */
export function priceCall(
  call: PricedCall,
  userPrices?: UserPrices,
): { readonly nanoUsd: number; readonly price: CallPrice } | undefined {
  const price = userPrice(call, userPrices) ?? listedPrice(call)
  const nanoUsd = price && costOf(call.usage, price.rates)
  return nanoUsd === undefined ? undefined : { nanoUsd, price: price!.callPrice }
}

function userPrice({ provider, models, atUs }: PricedCall, prices: UserPrices | undefined): Price | undefined {
  for (const model of prices === undefined ? [] : models) {
    const found = findUserPrice(prices!, { provider, model, atUs })
    if (found !== undefined) return found
  }
  return undefined
}

function listedPrice({ provider, models, usage, atUs }: PricedCall): Price | undefined {
  for (const model of models) {
    const found = findListed(provider, model)
    if (found !== undefined) return priceAt(found, atUs, usage.inputTokens ?? 0)
  }
  return undefined
}
