import { createHash, randomBytes } from 'node:crypto'
import {
  cutText,
  isInstantUs,
  isSpanId,
  parseIsoTime,
  type Content,
  type ProjectId,
  type Span,
  type SpanError,
  type SpanId,
  type SpanSource,
  type TraceContext,
  type TraceId,
  type Usage,
} from '@tracellm/core'

import { mappingVersion } from '@tracellm/core/mapping'
import type { PlainStepInput, PlainTraceInput } from '@tracellm/core/wire'
import { wrongFields } from '../routes/wrong-field.ts'

/** What `POST /traces` made of one trace. */
export interface PlainTrace {
  readonly traceId: TraceId
  readonly projectId?: ProjectId
  readonly spans: readonly Span[]
}

/**
 * Turns one plain JSON trace into spans. The trace itself is the root; its steps hang below it, or below the step that
 * `parent_id` names.
 *
 * ```
 * root   |------------------------------|    started_at + latency, or as long as its steps
 * steps  |---- 1 ----|---- 2 ----|           one after the other where they have no timestamp
 * ```
 * Ids are hashed from the trace's id and the steps' own, so that the same trace again is the same spans.
 * @param path where the trace stands in the body, for what is thrown.
 * @throws TraceLLMError `TL_BAD_BODY` for a trace or a step that would begin before 1970 or end after 2255.
 */
export function plainTraceSpans(trace: PlainTraceInput, receivedUs: number, path = ''): PlainTrace {
  const traceId = (trace.trace_id ?? randomBytes(16).toString('hex')) as TraceId
  const rootId = hashedSpanId(traceId, 'root', '')
  const lengthUs = Math.round((trace.latency ?? 0) * 1000)
  const startUs = instantUs(trace.started_at) ?? receivedUs - lengthUs
  checkTimes(startUs, startUs + lengthUs, `${path}latency`)
  const steps = stepSpans(trace, { traceId, rootId, startUs }, path)
  const endUs = Math.max(
    startUs + lengthUs,
    ...(trace.latency === undefined ? steps.map((step) => step.endUs ?? startUs) : []),
  )
  return { traceId, spans: [rootSpan(trace, { traceId, rootId, startUs, endUs }), ...steps] }
}

interface RootPlace {
  readonly traceId: TraceId
  readonly rootId: SpanId
  readonly startUs: number
}

function rootSpan(trace: PlainTraceInput, place: RootPlace & { endUs: number }): Span {
  const isCall = said(trace.model_name) !== undefined && (trace.steps?.length ?? 0) === 0
  const failed = trace.status === 'failed'
  return {
    ...plainParts,
    traceId: place.traceId,
    spanId: place.rootId,
    name: said(trace.name) ?? cutText(said(trace.prompt) ?? said(trace.model_name) ?? 'trace', 80),
    type: isCall ? 'llm' : 'chain',
    status: failed ? 'error' : trace.status === undefined ? 'unset' : 'ok',
    error: failed ? { message: said(trace.failure_reason) } : undefined,
    startUs: place.startUs,
    endUs: place.endUs,
    timeFault: trace.started_at === undefined ? 'no-start' : undefined,
    call: isCall ? { requestModel: said(trace.model_name) } : undefined,
    input: contentOf(said(trace.prompt), isCall ? 'user' : undefined),
    output: contentOf(said(trace.response), isCall ? 'assistant' : undefined),
    context: contextOf(trace),
  }
}

function contextOf(trace: PlainTraceInput): TraceContext {
  return {
    sessionId: said(trace.session_id),
    userId: said(trace.user_id),
    tags: trace.tags,
    metadata: trace.metadata,
    environment: said(trace.environment),
    traceName: said(trace.name),
    declaredStatus: trace.status,
  }
}

function stepSpans(trace: PlainTraceInput, place: RootPlace, path: string): Span[] {
  const steps = trace.steps ?? []
  const idOf = (id: string) => (isSpanId(id) ? id : hashedSpanId(place.traceId, 'step', id))
  const known = new Set(steps.map((step) => said(step.step_id)))
  let nextStartUs = place.startUs
  return steps.map((step, index) => {
    const startUs = instantUs(step.timestamp) ?? nextStartUs
    const endUs = startUs + Math.round((step.duration ?? 0) * 1000)
    checkTimes(startUs, endUs, `${path}steps[${index}].duration`)
    nextStartUs = endUs
    const parent = said(step.parent_id)
    return stepSpan(step, {
      traceId: place.traceId,
      spanId: idOf(said(step.step_id) ?? `#${index}`),
      parentId: parent !== undefined && known.has(parent) ? idOf(parent) : place.rootId,
      startUs,
      endUs,
    })
  })
}

function stepSpan(
  step: PlainStepInput,
  place: Pick<Span, 'traceId' | 'spanId' | 'parentId' | 'startUs' | 'endUs'>,
): Span {
  const model = said(step.model_name)
  const toolName = said(step.tool_name)
  const type = step.type ?? (toolName !== undefined ? 'tool' : model !== undefined ? 'llm' : 'span')
  const failed = step.success === false || said(step.error) !== undefined
  return {
    ...plainParts,
    ...place,
    name: said(step.name) ?? toolName ?? type,
    type,
    status: failed ? 'error' : step.success === true ? 'ok' : 'unset',
    error: failed ? ({ message: said(step.error) } satisfies SpanError) : undefined,
    call:
      model === undefined && usageOf(step) === undefined ? undefined : { requestModel: model, usage: usageOf(step) },
    tool: type === 'tool' ? { name: toolName ?? said(step.name) } : undefined,
    input: step.input === undefined ? undefined : { form: 'value', value: step.input },
    output: step.output === undefined ? undefined : { form: 'value', value: step.output },
    context: {},
  }
}

function usageOf(step: PlainStepInput): Usage | undefined {
  if (step.input_tokens === undefined && step.output_tokens === undefined) return undefined
  return { inputTokens: step.input_tokens, outputTokens: step.output_tokens }
}

function contentOf(text: string | undefined, role: 'user' | 'assistant' | undefined): Content | undefined {
  if (text === undefined) return undefined
  if (role === undefined) return { form: 'value', value: text }
  return { form: 'messages', messages: [{ role, parts: [{ type: 'text', text }] }] }
}

const source: SpanSource = {
  resource: { attributes: {} },
  scope: { name: 'tracellm.plain' },
  dialects: ['plain'],
  usedKeys: [],
  mappingVersion,
}

/** What a plain trace cannot say. */
const plainParts = { kind: 'internal', origin: 'span', attributes: {}, events: [], links: [], source } as const

function said(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text.toWellFormed()
}

/** A start is in range by the schema, unless it was told from the length; where it is with its length is told here. */
function checkTimes(startUs: number, endUs: number, path: string): void {
  if (isInstantUs(startUs) && isInstantUs(endUs)) return
  throw wrongFields('TL_BAD_BODY', 'body', [{ path, detail: 'reaches before 1970 or beyond June 2255' }])
}

function instantUs(instant: string | number | undefined): number | undefined {
  if (instant === undefined) return undefined
  return typeof instant === 'number' ? Math.round(instant * 1e6) : parseIsoTime(instant)
}

function hashedSpanId(traceId: TraceId, kind: string, id: string): SpanId {
  return createHash('sha256').update(`${traceId}\n${kind}\n${id}`).digest('hex').slice(0, 16) as SpanId
}
