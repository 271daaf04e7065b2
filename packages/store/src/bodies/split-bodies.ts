import {
  isJsonLongerThan,
  type Content,
  type JsonObject,
  type JsonValue,
  type Span,
  type TraceContext,
} from '@tracellm/core'
import { bodyOfValue, type Body } from './body.ts'
import { canonicalJson } from './canonical-json.ts'
import type { RecentMessages, TraceMessages } from './recent-messages.ts'
import { hasRefs, type Refs, type ValuePath } from './refs.ts'

/**
 * A span taken apart into what is narrow, the bodies it refers to, what it says about its trace, and the rest.
 *
 * Bodies are: each message of a conversation, a plain input or output, the definitions of tools, and any value of more
 * than 4 kB among attributes, event attributes and retrieved documents. `join-bodies.ts` is the way back.
 */
export interface SplitSpan {
  readonly refs: Refs<Body>
  /** Canonical JSON of an object: all of the span but the fields of `NarrowSpan`, its content, its context, its source. */
  readonly rest: string
  /** What it says about the whole trace; absent when it says nothing. */
  readonly context: SplitContext | undefined
}

export interface SplitContext {
  /** The trace's input and output. */
  readonly refs: Refs<Body>
  /** Canonical JSON of the context but its input and output. */
  readonly rest: string
}

/** What a row of its own columns holds, and the rest therefore leaves out. */
export type NarrowSpan = Pick<Span, (typeof narrowFields)[number]>

export const narrowFields = [
  'traceId',
  'spanId',
  'parentId',
  'name',
  'type',
  'kind',
  'status',
  'startUs',
  'endUs',
  'origin',
  'declaredAttempt',
] as const

/** Values of more characters than this are bodies of their own. */
const maxInlineLength = 4096

export function splitSpan(span: Span, recent: RecentMessages): SplitSpan {
  const messages = recent.of(span.traceId)
  const lifted: [ValuePath, Body][] = []
  const rest = canonicalJson(restOf(span, lifted))
  const refs = refsOf(messages, span.input, span.output)
  if (span.toolDefinitions !== undefined) refs.tools = messages.tools(span.toolDefinitions)
  if (lifted.length > 0) refs.lifted = lifted
  return { refs, rest, context: splitContext(span.context, messages) }
}

function splitContext(context: TraceContext, messages: TraceMessages): SplitContext | undefined {
  const { traceInput, traceOutput, ...said } = context
  const rest = canonicalJson(json(said))
  const refs = refsOf(messages, traceInput, traceOutput)
  return rest === '{}' && !hasRefs(refs) ? undefined : { refs, rest }
}

export type RefsInTheMaking = { -readonly [Field in keyof Refs<Body>]: Refs<Body>[Field] }

/** What refers to a content on both sides. */
export function refsOf(
  messages: TraceMessages,
  input: Content | undefined,
  output: Content | undefined,
): RefsInTheMaking {
  const refs: RefsInTheMaking = {}
  if (input?.form === 'messages') refs.in = messages.history(input.messages)
  else if (input !== undefined) refs.inValue = bodyOfValue(input.value)
  if (output?.form === 'messages') refs.out = messages.answers(output.messages)
  else if (output !== undefined) refs.outValue = bodyOfValue(output.value)
  const inParts = partsOf(refs.in)
  const outParts = partsOf(refs.out)
  if (inParts.length > 0) refs.inParts = inParts
  if (outParts.length > 0) refs.outParts = outParts
  return refs
}

const none: readonly Body[] = []

function partsOf(bodies: readonly Body[] | undefined): readonly Body[] {
  return bodies?.some((body) => body.parts.length > 0) === true ? bodies.flatMap((body) => body.parts) : none
}

function restOf(span: Span, lifted: [ValuePath, Body][]): JsonObject {
  const { retrieval } = span
  return json({
    originalName: span.originalName,
    error: span.error,
    timeFault: span.timeFault,
    call: span.call,
    tool: span.tool,
    agent: span.agent,
    retrieval:
      retrieval?.documents === undefined
        ? retrieval
        : {
            ...retrieval,
            documents: retrieval.documents.map((document, index) =>
              liftLong(document, ['retrieval', 'documents', index], lifted),
            ),
          },
    promptTemplate: span.promptTemplate,
    evaluations: span.evaluations,
    attributes: liftFields(span.attributes, ['attributes'], lifted),
    events: span.events.map((event, index) => ({
      ...event,
      attributes: liftFields(event.attributes, ['events', index, 'attributes'], lifted),
    })),
    links: span.links,
    traceState: span.traceState,
    flags: span.flags,
    dropped: span.dropped,
  } satisfies Record<Exclude<keyof Span, keyof NarrowSpan | keyof Contents | 'context' | 'source'>, unknown>)
}

interface Contents {
  readonly input: Content
  readonly output: Content
  readonly toolDefinitions: JsonValue
}

function liftFields(object: JsonObject, path: ValuePath, lifted: [ValuePath, Body][]): JsonObject {
  if (!isJsonLongerThan(object, maxInlineLength)) return object
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, liftLong(value, [...path, key], lifted)]),
  )
}

/** @returns what stands in its place: zero, which nobody looks at. */
function liftLong(value: JsonValue, path: ValuePath, lifted: [ValuePath, Body][]): JsonValue {
  if (!isJsonLongerThan(value, maxInlineLength)) return value
  lifted.push([path, bodyOfValue(value)])
  return 0
}

/** Our own types are JSON but for absent fields, which `JSON.stringify` leaves out. */
function json(value: object): JsonObject {
  return value as JsonObject
}
