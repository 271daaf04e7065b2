import type { LogEvent, ModelCall, Span } from '@tracellm/core'
import { priceCall, type UserPrices } from '@tracellm/core/prices'

/** Types whose spans are model calls; others only repeat what their calls used. */
const pricedTypes: ReadonlySet<Span['type']> = new Set(['llm', 'embedding', 'reranker'])

/** Adds what the price list says of a model call: as its cost, or beside the cost that the client reported. */
export function priceSpan(span: Span, prices: UserPrices | undefined): Span {
  if (span.call === undefined || !pricedTypes.has(span.type)) return span
  const call = priced(span.call, span.startUs, prices)
  return call === span.call ? span : { ...span, call }
}

export function priceLogEvent(event: LogEvent, prices: UserPrices | undefined): LogEvent {
  if (event.call === undefined) return event
  const call = priced(event.call, event.timeUs, prices)
  return call === event.call ? event : { ...event, call }
}

function priced(call: ModelCall, atUs: number, prices: UserPrices | undefined): ModelCall {
  if (call.usage === undefined) return call
  const { provider, responseModel, requestModel, usage } = call
  const found = priceCall(
    { provider, models: [responseModel, requestModel].filter((model) => model !== undefined), usage, atUs },
    prices,
  )
  if (found === undefined) return call
  if (call.cost === undefined)
    return { ...call, cost: { nanoUsd: found.nanoUsd, source: 'priced', price: found.price } }
  return { ...call, cost: { ...call.cost, pricedNanoUsd: found.nanoUsd, price: found.price } }
}
