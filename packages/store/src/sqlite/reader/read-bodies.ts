import { TraceLLMError, type Content, type SpanId, type TraceId } from '@tracellm/core'
import { contentBodies, joinContent, readRefs, type Refs, type StoredSpan } from '../../bodies/index.ts'
import type { BodyRef, SpanRead, StepBodies, StepContent } from '../../port/queries.ts'
import type { Reader } from './reader.ts'
import { storedSpan, textOfEntry } from './stored-span.ts'
import { outlineOf } from './read-steps.ts'
import type { View } from './view.ts'

const maxStepsWithBodies = 1000

/**
 * Input and output of the steps named, or of all steps, in start order.
 * @throws TraceLLMError `TL_TRACE_TOO_LARGE` for all steps of a trace that has more than 1,000.
 */
export function readStepBodies(view: View, traceId: TraceId, spanIds?: readonly SpanId[]): readonly StepBodies[] {
  const trace = view.findTrace(traceId)
  const spans = outlineOf(view, trace, spanIds)
  if (spanIds === undefined && spans.length > maxStepsWithBodies) {
    const detail = `${traceId} has ${spans.length} steps, at most ${maxStepsWithBodies} are given with their bodies`
    throw new TraceLLMError('TL_TRACE_TOO_LARGE', detail)
  }
  return spans.map(({ spanId }) => stepBodies(view, spanId, storedSpan(view, trace, spanId)))
}

/** The canonical JSON of a body of the trace. @throws TraceLLMError `TL_BODY_NOT_FOUND`. */
export function readBody(view: View, traceId: TraceId, key: string): string {
  const { tid } = view.findTrace(traceId)
  const id = /^[1-9]\d{0,14}$/.test(key) ? Number(key) : 0
  const entry = view.reader.chunks.entry(id)
  const isBody = entry?.hash !== undefined
  const uses = 'select count(*) from body_use where body = :id and tid = :tid'
  if (!isBody || (entry.owner !== tid && view.reader.number(uses, { id, tid }) === 0)) {
    throw new TraceLLMError('TL_BODY_NOT_FOUND', `${traceId} has no body ${key}`)
  }
  return entry.text
}

/** The bodies that a span refers to: its own where it has some of a kind, else those that log records brought. */
export function bodyRefsOf(reader: Reader, { detail, fill }: StoredSpan): SpanRead['bodies'] {
  const own = readRefs(detail.refs)
  const added = readRefs(fill?.refs)
  const tools = own.tools ?? added.tools
  return {
    input: contentBodies(hasContent(own, 'in') ? own : added, 'in').map((id) => refTo(reader, id)),
    output: contentBodies(hasContent(own, 'out') ? own : added, 'out').map((id) => refTo(reader, id)),
    ...(tools !== undefined && { toolDefinitions: refTo(reader, tools) }),
  }
}

function stepBodies({ reader }: View, spanId: SpanId, { detail, fill }: StoredSpan): StepBodies {
  const own = contentOf(reader, readRefs(detail.refs))
  const added = contentOf(reader, readRefs(fill?.refs))
  return { spanId, ...added, ...own }
}

function contentOf(reader: Reader, { tools: _, ...refs }: Refs<number>): Omit<StepBodies, 'spanId'> {
  const { input, output } = joinContent(refs, textOfEntry(reader))
  const refsTo = (side: 'in' | 'out'): readonly BodyRef[] => contentBodies(refs, side).map((id) => refTo(reader, id))
  return {
    ...(input && { input: withRefs(input, refsTo('in')) }),
    ...(output && { output: withRefs(output, refsTo('out')) }),
  }
}

function withRefs(content: Content, refs: readonly BodyRef[]): StepContent {
  if (content.form === 'value') return { ...content, ref: refs[0]! }
  return { form: 'messages', messages: content.messages.map((message, index) => ({ ref: refs[index]!, message })) }
}

function hasContent(refs: Refs<number>, side: 'in' | 'out'): boolean {
  return refs[side] !== undefined || refs[side === 'in' ? 'inValue' : 'outValue'] !== undefined
}

function refTo({ chunks }: Reader, id: number): BodyRef {
  const { hash, text } = chunks.entry(id)!
  return { hash: hash!, key: String(id), bytes: Buffer.byteLength(text) }
}
