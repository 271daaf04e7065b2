import type { SpanId } from '@tracellm/core'
import type { ShownTexts, SpanChange, TraceTotals } from '../../derive/index.ts'
import type { SpanRow } from './span-rows.ts'
import type { RowFacts, TraceEntry } from './trace-entry.ts'

/** A trace that the open transaction has come upon, with how it stood before. */
export interface Touch {
  readonly entry: TraceEntry
  readonly totalsBefore: TraceTotals | undefined
  readonly slowBefore: boolean
  /** Spans that are new or another version, as rows in the making. */
  readonly written: Map<SpanId, WrittenSpan>
  /** How its spans stand otherwise, once it is settled. */
  changes: readonly SpanChange<RowFacts>[]
  /** Its row has to be written, though nobody needs to hear of it. */
  isChanged: boolean
  /** Its spans or its status have changed. */
  isAnnounced: boolean
}

export interface WrittenSpan {
  readonly row: SpanRow
  readonly isNew: boolean
  readonly shown: ShownTexts | undefined
}

export function newTouch(entry: TraceEntry): Touch {
  return {
    entry,
    totalsBefore: entry.totals,
    slowBefore: entry.slow,
    written: new Map(),
    changes: [],
    isChanged: false,
    isAnnounced: false,
  }
}
