import type { Content, JsonObject, JsonValue, Message, Span, SpanSource, TraceContext } from '@tracellm/core'
import { parseMessage } from './canonical-json.ts'
import { readRefs, type Refs, type StoredRefs, type ValuePath } from './refs.ts'
import type { NarrowSpan } from './split-bodies.ts'

/** A span's detail as it is stored: `SplitSpan.rest` with its references in front. */
export type StoredDetail = {
  readonly refs?: StoredRefs
  /** Where they are too many to be kept with the source, which many spans share. */
  readonly usedKeys?: readonly string[]
} & Omit<Span, keyof NarrowSpan | 'input' | 'output' | 'toolDefinitions' | 'context' | 'source'>

/** What a span says about its trace as it is stored. */
export type StoredContext = { readonly refs?: StoredRefs } & Omit<TraceContext, 'traceInput' | 'traceOutput'>

/**
 * What log records add to a span, as `join-logs.ts` decided it: content and error where the span has none, evaluations
 * beside its own, and of the call exactly the fields that are to stand.
 */
export type StoredFill = { readonly refs?: StoredRefs } & Pick<Span, 'call' | 'error' | 'evaluations'>

export interface StoredSpan {
  readonly narrow: NarrowSpan
  readonly source: SpanSource
  readonly detail: StoredDetail
  readonly context: StoredContext | undefined
  readonly fill: StoredFill | undefined
}

/** Gives the canonical JSON of a body. */
export type TextOfBody = (id: number) => string

/** The span that was taken apart, exactly, with what log records add laid over it. */
export function joinSpan({ narrow, source, detail, context, fill }: StoredSpan, textOf: TextOfBody): Span {
  const { refs: storedRefs, usedKeys, ...rest } = detail
  const refs = readRefs(storedRefs)
  for (const [path, id] of refs.lifted ?? []) putBack(rest, path, JSON.parse(textOf(id)) as JsonValue)
  const own = joinContent(refs, textOf)
  const span: Span = {
    ...narrow,
    ...rest,
    ...own,
    context: joinContext(context, textOf),
    source: usedKeys === undefined ? source : { ...source, usedKeys },
  }
  return fill === undefined ? span : layFill(span, fill, textOf)
}

function layFill(span: Span, fill: StoredFill, textOf: TextOfBody): Span {
  const added = joinContent(readRefs(fill.refs), textOf)
  const evaluations = [...(span.evaluations ?? []), ...(fill.evaluations ?? [])]
  return {
    ...added,
    ...(fill.error && { error: fill.error }),
    ...span,
    ...(fill.call && { call: layCall(span.call, fill.call) }),
    ...(evaluations.length > 0 && { evaluations }),
  }
}

/** A span's call with what is to stand in it instead. */
export function layCall(own: Span['call'], fill: NonNullable<Span['call']>): NonNullable<Span['call']> {
  return { ...own, ...fill, ...(own?.usage && fill.usage && { usage: { ...own.usage, ...fill.usage } }) }
}

/** What a span says about its trace. */
export function joinContext(stored: StoredContext | undefined, textOf: TextOfBody): TraceContext {
  if (stored === undefined) return {}
  const { refs, ...said } = stored
  const { input, output } = joinContent(readRefs(refs), textOf)
  return { ...said, ...(input && { traceInput: input }), ...(output && { traceOutput: output }) }
}

type JoinedContent = Pick<Span, 'input' | 'output' | 'toolDefinitions'>

/** Input, output and tools that references stand for. */
export function joinContent(refs: Refs<number>, textOf: TextOfBody): JoinedContent {
  const valueOf = (id: number): JsonValue => JSON.parse(textOf(id)) as JsonValue
  const messages = (ids: readonly number[], parts: readonly number[] = []): Content => {
    let next = 0
    const nextPart = (): string => valueOf(parts[next++]!) as string
    return { form: 'messages', messages: ids.map((id): Message => parseMessage(textOf(id), nextPart)) }
  }
  return {
    ...(refs.in && { input: messages(refs.in, refs.inParts) }),
    ...(refs.inValue !== undefined && { input: { form: 'value', value: valueOf(refs.inValue) } }),
    ...(refs.out && { output: messages(refs.out, refs.outParts) }),
    ...(refs.outValue !== undefined && { output: { form: 'value', value: valueOf(refs.outValue) } }),
    ...(refs.tools !== undefined && { toolDefinitions: valueOf(refs.tools) }),
  }
}

function putBack(rest: object, path: ValuePath, value: JsonValue): void {
  let holder = rest as JsonObject | readonly JsonValue[]
  for (const key of path.slice(0, -1)) holder = (holder as never)[key]
  // Not assigned: the key is the sender's, and may be `__proto__`.
  Object.defineProperty(holder, path.at(-1)!, { value, writable: true, enumerable: true, configurable: true })
}
