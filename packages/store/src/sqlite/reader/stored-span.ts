import { TraceLLMError, type SpanId, type SpanSource, type Step } from '@tracellm/core'
import type { StoredContext, StoredDetail, StoredFill, StoredSpan, TextOfBody } from '../../bodies/index.ts'
import { idParameter } from '../id-columns.ts'
import type { Reader } from './reader.ts'
import { decodeSpan, spanColumns, type SpanParts, type SpanRecord } from './span-rows.ts'
import type { View, ViewedTrace } from './view.ts'

/** A span taken apart, as it is stored. @throws TraceLLMError `TL_SPAN_NOT_FOUND`. */
export function storedSpan(view: View, trace: ViewedTrace, spanId: SpanId): StoredSpan & { readonly step: Step } {
  const { reader } = view
  const statement = reader.prepareArrays(`select ${spanColumns} from span where tid = ? and sid = ${idParameter}`)
  const row = statement.get(trace.tid, spanId) as unknown as SpanRecord | undefined
  if (row === undefined) throw new TraceLLMError('TL_SPAN_NOT_FOUND', `${trace.traceId} has no span ${spanId}`)
  const parts = decodeSpan(row, trace.traceId, reader.dictionary)
  return {
    step: parts.step,
    narrow: parts.narrow,
    source: sourceOf(reader, parts),
    detail: JSON.parse(textOfEntry(reader)(parts.detail)) as StoredDetail,
    context: contextOf(reader, trace, parts.context),
    fill: fillOf(reader, trace, spanId),
  }
}

/** @throws TraceLLMError `TL_STORE_CORRUPT`: what is referred to lives as long as what refers to it. */
export function textOfEntry({ chunks }: Reader): TextOfBody {
  return (id) => {
    const entry = chunks.entry(id)
    if (entry === undefined) throw new TraceLLMError('TL_STORE_CORRUPT', `entry ${id} is missing`)
    return entry.text
  }
}

function sourceOf(reader: Reader, { resource, source }: SpanParts): SpanSource {
  return { resource: reader.resource(resource), ...reader.source(source) }
}

function contextOf(reader: Reader, { tid }: ViewedTrace, n: number | null): StoredContext | undefined {
  const row = n === null ? undefined : reader.prepare('select v from trace_context where tid = ? and n = ?').get(tid, n)
  return row && (JSON.parse(String(row['v'])) as StoredContext)
}

function fillOf(reader: Reader, { tid }: ViewedTrace, spanId: SpanId): StoredFill | undefined {
  const row = reader.prepare(`select v from span_fill where tid = ? and sid = ${idParameter}`).get(tid, spanId)
  return row && (JSON.parse(String(row['v'])) as StoredFill)
}
