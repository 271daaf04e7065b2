export interface DecodeLimits {
  /** Attributes kept of one span, event, resource or the like (32,768). More are counted as dropped. */
  readonly maxAttributes: number
  /**
   * Spans, events, links, log records, metrics and data points looked at in one request, together (500,000): on the
   * wire one may be two bytes long, in memory some hundred. Records after them are rejected, events and links dropped
   * and counted.
   */
  readonly maxItems: number
}

export const defaultDecodeLimits: DecodeLimits = { maxAttributes: 32_768, maxItems: 500_000 }

/** What one request may still take up in memory. */
export class Allowance {
  readonly maxAttributes: number
  /** Attributes that there was no room for. */
  droppedAttributes = 0
  /** Events and links of spans that there was no room for. */
  droppedParts = 0
  #itemsLeft: number

  constructor(limits: DecodeLimits) {
    this.maxAttributes = limits.maxAttributes
    this.#itemsLeft = limits.maxItems
  }

  /** Takes one item; false when nothing is left. */
  takeItem(): boolean {
    if (this.#itemsLeft === 0) return false
    this.#itemsLeft--
    return true
  }

  /** Takes an event or a link; likewise, and counts those that nothing is left for. */
  takePart(): boolean {
    const isTaken = this.takeItem()
    if (!isTaken) this.droppedParts++
    return isTaken
  }
}
