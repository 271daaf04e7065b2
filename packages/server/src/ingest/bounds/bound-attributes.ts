import { maxNameCharacters, type JsonObject, type JsonValue, type SpanEvent, type SpanLink } from '@tracellm/core'
import { shortId, shortName } from '../../short-text.ts'
import { boundTexts, textRows } from './bound-texts.ts'
import { Cuts } from './cuts.ts'

/** Attributes whose keys are short; the object itself where they are. Values are content, as long as they like. */
export function boundKeys(attributes: JsonObject, cuts: Cuts): JsonObject {
  if (!hasLongKey(attributes)) return attributes
  const long: string[] = []
  const entries = Object.entries(attributes).map(([key, value]): [string, JsonValue] => {
    const short = shortId(key)
    if (short !== key) long.push(key)
    return [short, value]
  })
  if (long.length === 0) return attributes
  cuts.keep('attribute_keys', long, long.length)
  return Object.fromEntries(entries)
}

function hasLongKey(attributes: JsonObject): boolean {
  for (const key in attributes) if (key.length > maxNameCharacters) return true
  return false
}

const eventTexts = textRows<SpanEvent>('', { name: shortName })

/** Events, each of which keeps what was cut of it among its own attributes. */
export function boundEvents(events: readonly SpanEvent[], cuts: Cuts): readonly SpanEvent[] {
  return boundEach(events, cuts, (event, own) => boundTexts(event, eventTexts, own))
}

export function boundLinks(links: readonly SpanLink[], cuts: Cuts): readonly SpanLink[] {
  return boundEach(links, cuts, (link) => link)
}

function boundEach<Holder extends { readonly attributes: JsonObject }>(
  holders: readonly Holder[],
  cuts: Cuts,
  bound: (holder: Holder, own: Cuts) => Holder,
): readonly Holder[] {
  let count = 0
  const short = holders.map((holder) => {
    const own = new Cuts()
    const named = bound(holder, own)
    const attributes = boundKeys(holder.attributes, own)
    count += own.count
    return own.count === 0 ? holder : { ...named, attributes: own.addTo(attributes) }
  })
  cuts.count += count
  return count === 0 ? holders : short
}
