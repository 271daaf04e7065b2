import {
  calcPrice,
  findProvider,
  type ConditionalPrice,
  type ModelInfo,
  type ModelPrice,
  type TieredPrices,
} from '@pydantic/genai-prices'
import { listNameOf } from './providers.ts'
import {
  modalities,
  priceOf,
  rateOf,
  type Modality,
  type ModalityRates,
  type Price,
  type PriceSource,
  type Rates,
} from './rates.ts'

/** A model as the list knows it; its prices may change with the date and the time of day. */
export interface ListedModel {
  /** The one to be preferred first; the last always holds. */
  readonly prices: readonly DatedPrice[]
}

interface DatedPrice {
  readonly holdsAt: (atUs: number) => boolean
  /** The highest first; the last is for every call. */
  readonly tiers: readonly Tier[]
}

/** All tokens of a call whose input is above the threshold cost these rates. */
interface Tier {
  readonly aboveTokens: number
  readonly price: Price
}

/** Models are looked up by rules, a hundred of them for some, and programs ask for the same few again and again. */
const known = new Map<string, ListedModel | undefined>()
const maxKnown = 5000

/**
 * Finds a model in the list that comes with `@pydantic/genai-prices`. Nothing is fetched: the list is as old as the
 * package.
 * @param provider as in a canonical span; without one the model's name decides.
 */
export function findListed(provider: string | undefined, model: string): ListedModel | undefined {
  const key = `${provider ?? ''}\n${model}`
  if (known.has(key)) return known.get(key)
  const found = lookUp(provider, model)
  if (known.size >= maxKnown) known.clear()
  known.set(key, found)
  return found
}

function lookUp(provider: string | undefined, model: string): ListedModel | undefined {
  const isNamed = provider !== undefined && !gateways.has(provider.toLowerCase())
  const providerId = isNamed ? listNameOf(provider) : gateway
  if (isNamed ? findProvider({ providerId })?.id !== providerId : runsAnywhere(model)) return undefined
  for (const name of namesOf(model)) {
    const found = calculate(providerId, name)
    if (found !== null) return listed(found.provider.id, found.model)
  }
  return undefined
}

/** The list's name for a gateway, whose models say whose they are: `openai/gpt-4o`, or `gpt-4o` alone. */
const gateway = 'litellm'
const gateways: ReadonlySet<string> = new Set([gateway, 'gateway'])

/** Open weights under a name of somebody's own, `unsloth/…`, or with a tag of Ollama's, `:7b`: no maker's price is theirs. */
function runsAnywhere(model: string): boolean {
  const slash = model.indexOf('/')
  const isOwned = slash === -1 || findProvider({ providerId: model.slice(0, slash) }) !== undefined
  return !isOwned || /:(latest|\d+(\.\d+)?[bm]\b|i?q\d)/i.test(model)
}

/** The list throws where an entry of it is faulty, which is no reason to lose a span. */
function calculate(providerId: string, name: string): ReturnType<typeof calcPrice> {
  try {
    return calcPrice({}, name, { providerId })
  } catch {
    return null
  }
}

/** Vertex and Bedrock put the model at the end of a path: `publishers/google/models/gemini-2.5-pro`. */
function namesOf(model: string): readonly string[] {
  const last = model.slice(model.lastIndexOf('/') + 1)
  return last === model || last === '' ? [model] : [model, last]
}

function listed(provider: string, { id, prices }: ModelInfo): ListedModel {
  const dated: readonly ConditionalPrice[] = Array.isArray(prices) ? prices : [{ prices }]
  return {
    prices: dated.toReversed().map(({ constraint, prices: price }, index) => ({
      holdsAt: index === dated.length - 1 ? () => true : holds(constraint),
      tiers: tiersOf(price, { list: 'genai-prices', provider, model: id }),
    })),
  }
}

function holds(constraint: ConditionalPrice['constraint']): (atUs: number) => boolean {
  if (constraint === undefined) return () => true
  if (constraint.type === 'start_date') {
    const fromUs = Date.parse(constraint.start_date) * 1000
    return (atUs) => atUs >= fromUs
  }
  const start = secondOfDay(constraint.start_time)
  const end = secondOfDay(constraint.end_time)
  return (atUs) => {
    const second = (atUs / 1_000_000) % 86_400
    return end < start ? second >= start || second < end : second >= start && second < end
  }
}

/** `16:30:00Z` or `00:30:00+08:00`, in UTC. */
function secondOfDay(time: string): number {
  return (((Date.parse(`1970-01-01T${time}`) / 1000) % 86_400) + 86_400) % 86_400
}

/** The price of the model for a call of that size at that time. */
export function priceAt({ prices }: ListedModel, atUs: number, inputTokens: number): Price {
  const { tiers } = prices.find(({ holdsAt }) => holdsAt(atUs))!
  return tiers.find(({ aboveTokens }) => inputTokens > aboveTokens)!.price
}

function tiersOf(price: ModelPrice, source: PriceSource): readonly Tier[] {
  const thresholds = Object.values(price).flatMap((entry) => (typeof entry === 'object' ? entry.tiers : []))
  const starts = new Set([-1, ...thresholds.map(({ start }) => start)])
  return [...starts]
    .toSorted((one, other) => other - one)
    .map((aboveTokens) => ({ aboveTokens, price: priceOf(source, ratesAbove(price, aboveTokens)) }))
}

function ratesAbove(price: ModelPrice, tokens: number): Rates {
  const rate = (key: string): number | undefined => {
    const entry = price[key]
    if (entry === undefined) return undefined
    return rateOf(typeof entry === 'number' ? entry : tierPrice(entry, tokens))
  }
  return {
    input: rate('input_mtok'),
    output: rate('output_mtok'),
    cacheRead: rate('cache_read_mtok'),
    cacheWrite: rate('cache_write_mtok'),
    reasoning: rate('output_reasoning_mtok'),
    modalities: modalityRates(rate),
    // Listed for a thousand requests.
    request: (rate('requests_kcount') ?? 0) * 1000,
  }
}

function tierPrice({ base, tiers }: TieredPrices, tokens: number): number {
  const reached = tiers.filter(({ start }) => start <= tokens).toSorted((one, other) => one.start - other.start)
  return reached.at(-1)?.price ?? base
}

function modalityRates(rate: (key: string) => number | undefined): Rates['modalities'] {
  const found: Partial<Record<Modality, ModalityRates>> = {}
  for (const modality of modalities) {
    const input = rate(`input_${modality}_mtok`)
    const output = rate(`output_${modality}_mtok`)
    const cacheRead = rate(`cache_${modality}_read_mtok`)
    if ((input ?? output ?? cacheRead) !== undefined) found[modality] = { input, output, cacheRead }
  }
  return Object.keys(found).length > 0 ? found : undefined
}
