import { byStart, type SpanId, type Step, type TraceId } from '@tracellm/core'
import type { Page, PageRequest } from '../../port/queries.ts'
import { idText } from '../id-columns.ts'
import { decodeStepCursor, encodeStepCursor } from './cursor.ts'
import { decodeStep, stepColumns, type StepRecord } from './span-rows.ts'
import type { View, ViewedTrace } from './view.ts'

/** The steps named, in start order; ids that the trace does not have are left out. */
export function readSteps(view: View, traceId: TraceId, spanIds: readonly SpanId[]): readonly Step[] {
  return stepsOf(view, view.findTrace(traceId), spanIds)
}

/** All steps of a trace, or those named, in start order. Sorted here: SQLite takes twice as long. */
export function stepsOf(view: View, { tid }: ViewedTrace, spanIds?: readonly SpanId[]): readonly Step[] {
  return (spanRows(view, tid, stepColumns, spanIds) as StepRecord[])
    .map((row) => decodeStep(row, view.reader.dictionary))
    .toSorted(byStart)
}

/** Of a span as much as its place in the trace and the trace's active time need. */
export interface OutlinedSpan {
  readonly spanId: SpanId
  readonly parentId?: SpanId
  readonly startUs: number
  readonly endUs?: number
}

const outlineColumns = `${idText('sid')}, ${idText('parent')}, start_us, dur`

/** All spans of a trace, or those named, in start order. */
export function outlineOf(view: View, { tid }: ViewedTrace, spanIds?: readonly SpanId[]): readonly OutlinedSpan[] {
  return (spanRows(view, tid, outlineColumns, spanIds) as OutlineRecord[])
    .map(([spanId, parent, startUs, durationUs]) => ({
      spanId,
      startUs,
      ...(parent !== null && { parentId: parent }),
      ...(durationUs !== null && { endUs: startUs + durationUs }),
    }))
    .toSorted(byStart)
}

type OutlineRecord = readonly [SpanId, parent: SpanId | null, startUs: number, durationUs: number | null]

function spanRows({ reader }: View, tid: number, columns: string, spanIds?: readonly SpanId[]): unknown[] {
  const named = spanIds === undefined ? '' : 'and sid in (select unhex(value) from json_each(?))'
  const statement = reader.prepareArrays(`select ${columns} from span where tid = ? ${named}`)
  return spanIds === undefined ? statement.all(tid) : statement.all(tid, JSON.stringify(spanIds))
}

/** A page of spans that are in start order. */
export function pageOfSpans(spans: readonly OutlinedSpan[], { limit, cursor }: PageRequest): Page<OutlinedSpan> {
  const last = cursor === undefined ? undefined : decodeStepCursor(cursor)
  const behind = last === undefined ? 0 : spans.findIndex((span) => byStart(span, last) > 0)
  const first = behind === -1 ? spans.length : behind
  const items = spans.slice(first, first + limit)
  return first + limit < spans.length ? { items, nextCursor: encodeStepCursor(items.at(-1)!) } : { items }
}
