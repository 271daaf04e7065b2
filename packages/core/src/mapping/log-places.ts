import type { LogEvent } from '../span/log-event.ts'

/**
 * Numbers the records of one request that tell of the same span at the same time, from 0, which is left out.
 *
 * SDKs log the messages of a call in one go, within a millisecond: their place is the only order they have, and what
 * tells a message from the same words said again. It stays the same when the request is sent again, and when its
 * records are divided otherwise, unless the very group is torn apart.
 * @returns what gives an event its place; to be called with each event of the request in turn.
 */
export function logPlaces(): (event: LogEvent) => LogEvent {
  const counts = new Map<string, number>()
  return (event) => {
    const group = `${event.timeUs} ${event.traceId ?? ''} ${event.spanId ?? ''}`
    const place = counts.get(group) ?? 0
    counts.set(group, place + 1)
    return place === 0 ? event : { ...event, place }
  }
}
