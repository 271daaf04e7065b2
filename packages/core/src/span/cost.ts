/**
 * What one model call cost, in whole nano-USD.
 * `reported` is what the client said and wins; `priced` comes from a price list on the call's date.
 */
export interface Cost {
  readonly nanoUsd: number
  readonly source: 'reported' | 'priced'
  /** What the price list says where the client reported something, to be shown beside it. */
  readonly pricedNanoUsd?: number
  /** The price used, in nano-USD a token (fractions possible): which list, which entry. */
  readonly price?: CallPrice
}

/** One entry of a price list, as it was applied. Nano-USD for a million tokens. */
export interface CallPrice {
  readonly list: 'user' | 'genai-prices'
  readonly provider: string
  readonly model: string
  readonly inputPerMillion?: number
  readonly outputPerMillion?: number
  readonly cacheReadPerMillion?: number
  readonly cacheWritePerMillion?: number
}
