import {
  activeTimeUs,
  buildTree,
  inputText,
  outputText,
  type JsonObject,
  type SpanId,
  type TraceId,
} from '@tracellm/core'
import { joinContent, joinContext, readRefs } from '../../bodies/index.ts'
import type { PageRequest, TraceDetail, TraceRead } from '../../port/queries.ts'
import { idText } from '../id-columns.ts'
import { outlineOf, pageOfSpans, stepsOf } from './read-steps.ts'
import { storedSpan, textOfEntry } from './stored-span.ts'
import { decodeTraceRow, joinTraceText, traceColumns, type TraceRecord } from './trace-rows.ts'
import type { View, ViewedTrace } from './view.ts'

interface DetailRecord extends TraceRecord {
  readonly metadata: string | null
  readonly prompt_span: SpanId | null
  readonly response_span: SpanId | null
}

/** One trace and a page of its steps. */
export function readTrace(view: View, traceId: TraceId, page: PageRequest): TraceRead {
  const trace = view.findTrace(traceId)
  const spans = outlineOf(view, trace)
  const { items, nextCursor } = pageOfSpans(spans, page)
  const steps = stepsOf(view, trace, items.length === spans.length ? undefined : items.map(({ spanId }) => spanId))
  return {
    trace: detailOf(view, trace, activeTimeUs(buildTree(spans))),
    steps: nextCursor === undefined ? { items: steps } : { items: steps, nextCursor },
  }
}

function detailOf(view: View, trace: ViewedTrace, activeUs: number): TraceDetail {
  const { reader } = view
  const row = reader
    .prepare(`select ${traceColumns}, x.metadata,
              ${idText('x.prompt_span')} prompt_span, ${idText('x.response_span')} response_span
              from trace t ${joinTraceText} where t.id = ?`)
    .get(trace.tid) as unknown as DetailRecord
  const listed = decodeTraceRow(row, trace.project, reader.dictionary)
  return {
    ...listed,
    prompt: row.prompt_span === null ? listed.prompt : wholeText(view, trace, row.prompt_span, 'input'),
    response: row.response_span === null ? listed.response : wholeText(view, trace, row.response_span, 'output'),
    metadata: row.metadata === null ? {} : (JSON.parse(row.metadata) as JsonObject),
    release: reader.dictionary.text(row.release),
    resource: reader.resource(row.resource),
    activeUs,
  }
}

/** What a span says was asked of the trace or answered by it, else what it was given or gave itself. */
function wholeText(view: View, trace: ViewedTrace, spanId: SpanId, side: 'input' | 'output'): string | undefined {
  const { context, detail } = storedSpan(view, trace, spanId)
  const textOf = textOfEntry(view.reader)
  const said = joinContext(context, textOf)[side === 'input' ? 'traceInput' : 'traceOutput']
  const content = said ?? joinContent(readRefs(detail.refs), textOf)[side]
  return content && (side === 'input' ? inputText(content) : outputText(content))
}
