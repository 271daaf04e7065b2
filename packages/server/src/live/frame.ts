import type { LiveEvent } from './live-event.ts'

/** What goes out as one message of the socket: whole events, and how many were left out. */
export interface Frame {
  readonly events: readonly LiveEvent[]
  /** Span and score events that did not fit; traces are never left out, only merged. */
  readonly leftOut: number
}

/**
 * Makes a frame of what waits, oldest first.
 *
 * Up to `maxEvents` go out as they are. Above that only the newest state of each trace does, and if even these are too
 * many, the newest of them; what a client cannot tell from the events it got is counted in `leftOut`.
 */
export function makeFrame(waiting: readonly LiveEvent[], maxEvents: number): Frame {
  if (waiting.length <= maxEvents) return { events: waiting, leftOut: 0 }
  const newest = newestOfEachTrace(waiting)
  const others = waiting.reduce((count, event) => count + (event.traceKey === undefined ? 1 : 0), 0)
  const events = newest.length <= maxEvents ? newest : newest.slice(newest.length - maxEvents)
  return { events, leftOut: others + (newest.length - events.length) }
}

/** A frame as the text of one message. */
export function frameText(texts: readonly string[]): string {
  return `[${texts.join(',')}]`
}

function newestOfEachTrace(events: readonly LiveEvent[]): LiveEvent[] {
  const seen = new Set<string>()
  const newest: LiveEvent[] = []
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index]!
    if (event.traceKey === undefined || seen.has(event.traceKey)) continue
    seen.add(event.traceKey)
    newest.push(event)
  }
  return newest.toReversed()
}
