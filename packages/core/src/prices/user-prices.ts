import { TraceLLMError } from '../errors/tracellm-error.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import { listNameOf } from './providers.ts'
import { priceOf, rateOf, type Price, type Rates } from './rates.ts'

/** A user's own prices, the most telling first. Plain data, so that a thread can be given them. */
export interface UserPrices {
  readonly entries: readonly UserPrice[]
}

export interface UserPrice {
  /** As the price list calls it. Absent for a model of any provider. */
  readonly provider?: string
  /** In lower case; `*` stands for any characters. */
  readonly model: string
  /** From the beginning of this day in UTC (always). */
  readonly fromUs?: number
  readonly rates: Rates
}

/**
 * Reads the list of a user's prices: `[{ provider?, model, input, output, cache_read?, cache_write?, from? }]`, alone or
 * as `{ prices: […] }`. Prices are US dollars for a million tokens, `from` is a date as `2026-11-23`, `*` in a model
 * stands for any characters. Of the entries that fit a call the one with a provider wins, then a model without `*`,
 * then the longer one, then the later date, then the later in the file.
 * @param whereFrom the file, for what an error says.
 * @throws TraceLLMError `TL_BAD_SETTING`, which names the file, the entry and the field.
 */
export function parseUserPrices(json: unknown, whereFrom: string): UserPrices {
  const list = isJsonObject(json) && Object.keys(json).length === 1 ? json.prices : json
  if (!Array.isArray(list)) throw bad(whereFrom, 'a list of prices is expected')
  const entries = list.map((entry: unknown, index) => {
    try {
      return parseEntry(entry)
    } catch (cause) {
      throw bad(whereFrom, `entry ${index + 1}: ${(cause as Error).message}`)
    }
  })
  return { entries: entries.toReversed().toSorted(compare) }
}

/** The price for a call, whose provider may be named as canonical spans or as the price list does. */
export function findUserPrice(
  prices: UserPrices,
  call: { readonly provider: string | undefined; readonly model: string; readonly atUs: number },
): Price | undefined {
  return candidates(prices, call.provider, call.model).find(({ fromUs }) => fromUs <= call.atUs)?.price
}

interface Candidate {
  readonly fromUs: number
  readonly price: Price
}

/** Patterns are compared once for a model, not once for a call. */
const known = new WeakMap<UserPrices, Map<string, readonly Candidate[]>>()
const maxKnown = 5000

function candidates(prices: UserPrices, provider: string | undefined, model: string): readonly Candidate[] {
  const key = `${provider ?? ''}\n${model}`
  let ofPrices = known.get(prices)
  if (ofPrices === undefined || ofPrices.size >= maxKnown) known.set(prices, (ofPrices = new Map()))
  let found = ofPrices.get(key)
  if (found === undefined) ofPrices.set(key, (found = fitting(prices, provider, model.toLowerCase())))
  return found
}

function fitting({ entries }: UserPrices, provider: string | undefined, model: string): readonly Candidate[] {
  const listName = provider === undefined ? undefined : listNameOf(provider)
  return entries
    .filter((entry) => (entry.provider === undefined || entry.provider === listName) && matches(entry.model, model))
    .map(({ fromUs = -Infinity, rates, ...entry }) => ({
      fromUs,
      price: priceOf({ list: 'user', provider: entry.provider ?? provider ?? '', model: entry.model }, rates),
    }))
}

/** The more telling entry first; of two alike the one that was first. */
function compare(one: UserPrice, other: UserPrice): number {
  return (
    Number(other.provider !== undefined) - Number(one.provider !== undefined) ||
    Number(isPattern(one)) - Number(isPattern(other)) ||
    other.model.length - one.model.length ||
    (other.fromUs ?? -Infinity) - (one.fromUs ?? -Infinity) ||
    0
  )
}

function isPattern({ model }: UserPrice): boolean {
  return model.includes('*')
}

function parseEntry(entry: unknown): UserPrice {
  if (!isJsonObject(entry)) throw new Error('an object is expected')
  const unknown = Object.keys(entry).find((field) => !fields.includes(field))
  if (unknown !== undefined) throw new Error(`"${unknown}" is not known; there are ${fields.join(', ')}`)
  const { provider, model, from } = entry
  if (typeof model !== 'string' || model.trim() === '') throw new Error('"model" must be a name')
  if (provider !== undefined && (typeof provider !== 'string' || provider.trim() === '')) {
    throw new Error('"provider" must be a name')
  }
  return {
    ...(provider !== undefined && { provider: listNameOf(provider) }),
    model: model.trim().toLowerCase(),
    ...(from !== undefined && { fromUs: dayUs(from) }),
    rates: {
      input: required(entry, 'input'),
      output: required(entry, 'output'),
      cacheRead: optional(entry, 'cache_read'),
      cacheWrite: optional(entry, 'cache_write'),
    },
  }
}

const fields = ['provider', 'model', 'input', 'output', 'cache_read', 'cache_write', 'from']

function required(entry: JsonObject, field: string): number {
  const rate = optional(entry, field)
  if (rate === undefined) throw new Error(`"${field}" is missing`)
  return rate
}

function optional(entry: JsonObject, field: string): number | undefined {
  const price = entry[field]
  if (price === undefined) return undefined
  if (typeof price !== 'number' || !Number.isFinite(price) || price < 0) {
    throw new Error(`"${field}" must be US dollars for a million tokens, 0 or more`)
  }
  return rateOf(price)
}

function dayUs(from: JsonValue): number {
  const isDate = typeof from === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(from)
  const atMs = isDate ? Date.parse(`${from}T00:00:00Z`) : Number.NaN
  if (!isDate || Number.isNaN(atMs) || !new Date(atMs).toISOString().startsWith(from)) {
    throw new Error('"from" must be a date such as 2026-11-23')
  }
  return atMs * 1000
}

/** The pieces between the stars, in order: the first at the start, the last at the end. */
function matches(pattern: string, model: string): boolean {
  const [start = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return pattern === model
  const end = rest.pop()!
  let from = start.length
  for (const piece of rest) {
    const found = model.indexOf(piece, from)
    if (found === -1) return false
    from = found + piece.length
  }
  return model.startsWith(start) && model.endsWith(end) && model.length - end.length >= from
}

function bad(whereFrom: string, detail: string): TraceLLMError {
  return new TraceLLMError('TL_BAD_SETTING', `${whereFrom}: ${detail}`, { fix: 'Correct the file, or take it away.' })
}
