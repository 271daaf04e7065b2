/** What goes back over HTTP: one JSON value, or the events of a stream. */
export type Answer = JsonAnswer | StreamAnswer

export interface JsonAnswer {
  readonly status: number
  readonly json: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface StreamAnswer {
  readonly events: readonly ServerSentEvent[]
}

export interface ServerSentEvent {
  /** Named by some providers, left out by others. */
  readonly event?: string
  /** JSON, or a text that is sent as it is. */
  readonly data: unknown
}

/** The text of an event on the wire. */
export function eventText({ event, data }: ServerSentEvent): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`
}
