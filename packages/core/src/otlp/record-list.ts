import type { Allowance } from './allowance.ts'
import type { DecodedRequest, RecordRejection, Signal } from './request.ts'

/** In the place of a record that is well-formed enough to go on behind it, but cannot be kept. */
export interface UnusableRecord {
  readonly unusable: string
  /** It has neither a trace id nor a span id. */
  readonly lacksIds?: boolean
  /** What it counts for in partial success (1): a metric for its data points. */
  readonly count?: number
}

const maxRejections = 100

/** For records that come after a request has used up its allowance. */
export const tooMuch: UnusableRecord = { unusable: 'the request holds too much' }

/** The records of a request while it is read, and those that were left out. */
export class RecordList<Kept extends object> {
  readonly records: Kept[] = []
  readonly #allowance: Allowance
  readonly #rejected: RecordRejection[] = []
  #rejectedCount = 0
  #tooManyCount = 0
  #index = 0
  #lackingIds = 0

  constructor(allowance: Allowance) {
    this.#allowance = allowance
  }

  /** Takes what `read` gives, or rejects the next record unread when the request has used up its allowance. */
  add(read: () => Kept | UnusableRecord): void {
    const index = this.#index++
    const record = this.#allowance.takeItem() ? read() : tooMuch
    if (isUnusable(record)) this.#reject(index, record)
    else this.records.push(record)
  }

  #reject(index: number, record: UnusableRecord): void {
    if (record.lacksIds === true) this.#lackingIds++
    const count = record.count ?? 1
    this.#rejectedCount += count
    if (record.unusable === tooMuch.unusable) this.#tooManyCount += count
    if (this.#rejected.length < maxRejections) this.#rejected.push({ index, reason: record.unusable })
  }

  /** There were records, and none had an id. */
  get allLackIds(): boolean {
    return this.#index > 0 && this.#lackingIds === this.#index
  }

  /** There were records, and none could be kept. */
  get allRejected(): boolean {
    return this.#index > 0 && this.records.length === 0
  }

  notes(likelySignal: Signal | undefined, warnings: readonly string[] = []): DecodedRequest {
    const { droppedAttributes, droppedParts } = this.#allowance
    return {
      rejected: this.#rejected,
      rejectedCount: this.#rejectedCount,
      tooManyCount: this.#tooManyCount,
      droppedAttributes,
      droppedParts,
      warnings,
      likelySignal,
    }
  }
}

function isUnusable(record: object): record is UnusableRecord {
  return 'unusable' in record
}
