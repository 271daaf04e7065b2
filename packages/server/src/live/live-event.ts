import type { StoreChange, StoreChanges } from '@tracellm/store'

/** A change with its text, made when the first client is to be sent it, and then kept. */
export class LiveEvent {
  readonly change: StoreChange
  readonly at: string
  /** What a client keeps the newest state of; events without one are never merged. */
  readonly traceKey: string | undefined
  #text: string | undefined
  /** Bytes that holding it costs, about: its change and, once made, its text. */
  readonly weight: number
  readonly #present: (change: StoreChange) => unknown

  constructor(change: StoreChange, at: string, present: (change: StoreChange) => unknown) {
    this.change = change
    this.at = at
    this.#present = present
    this.traceKey = 'trace' in change ? `${change.projectId}/${change.trace.traceId}` : undefined
    this.weight = estimateBytes(change)
  }

  get sequence(): number {
    return this.change.sequence
  }

  /** The event as JSON. */
  get text(): string {
    this.#text ??= eventText(this.change.type, this.change.sequence, this.at, this.#present(this.change))
    return this.#text
  }
}

/** Any event of the socket as JSON: `{ type, sequence, at, data }`. */
export function eventText(type: string, sequence: number, at: string, data: unknown): string {
  return JSON.stringify({ type, sequence, at, data })
}

export function liveEvents(
  changes: StoreChanges,
  formatTime: (us: number) => string,
  present: (change: StoreChange) => unknown,
): LiveEvent[] {
  const at = formatTime(changes.atUs)
  return changes.changes.map((change) => new LiveEvent(change, at, present))
}

function estimateBytes(change: StoreChange): number {
  if ('trace' in change) return 2500 + 2 * ((change.trace.prompt?.length ?? 0) + (change.trace.response?.length ?? 0))
  return 1500
}
