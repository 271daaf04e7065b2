import type { Content, JsonValue, Message, MessagePart, Span, SpanId, TraceId } from '@tracellm/core'
import {
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  jsonValue,
  nat,
  oneof,
  record,
  string as anyText,
  type Arbitrary,
} from 'fast-check'

/** Any JSON value as a parser gives it: no negative zero, no text with lone surrogates. */
export const anyJson: Arbitrary<JsonValue> = jsonValue({ maxDepth: 3 }).map(
  (value) => JSON.parse(JSON.stringify(value)) as JsonValue,
)

const text = anyText({ unit: 'grapheme', maxLength: 20 })
const longText = anyText({ minLength: 4000, maxLength: 5000 })
const optional = { requiredKeys: [] }

export const anyPart: Arbitrary<MessagePart> = oneof(
  record({ type: constant('text' as const), text: oneof(text, longText) }),
  record({ type: constant('reasoning' as const), text, signature: text }, { requiredKeys: ['type', 'text'] }),
  record(
    { type: constant('toolCall' as const), id: text, name: text, args: anyJson },
    { requiredKeys: ['type', 'name', 'args'] },
  ),
  record(
    {
      type: constant('toolResult' as const),
      id: text,
      name: text,
      result: oneof(anyJson, longText),
      isError: boolean(),
    },
    { requiredKeys: ['type', 'result'] },
  ),
  record({ type: constant('media' as const), modality: text, mime: text, data: oneof(text, longText) }),
  record({ type: constant('media' as const), modality: text, uri: text, name: text, transcript: text }),
  record({ type: constant('other' as const), raw: anyJson }),
)

export const anyMessage: Arbitrary<Message> = record(
  {
    role: constantFrom('system', 'user', 'assistant', 'tool', 'critic'),
    name: text,
    parts: array(anyPart, { maxLength: 3 }),
  },
  { requiredKeys: ['role', 'parts'] },
)

const anyContent: Arbitrary<Content> = oneof(
  record({ form: constant('messages' as const), messages: array(anyMessage, { maxLength: 4 }) }),
  record({ form: constant('value' as const), value: anyJson }),
)

const anyAttributes = dictionary(text, oneof(anyJson, longText), { maxKeys: 4 })
const anyTime = integer({ min: 0, max: 9e15 })

export const anySpan: Arbitrary<Span> = record(
  {
    traceId: constant('0af7651916cd43dd8448eb211c80319c' as TraceId),
    spanId: constant('b7ad6b7169203331' as SpanId),
    parentId: constant('00f067aa0ba902b7' as SpanId),
    name: text,
    originalName: text,
    type: constantFrom('llm' as const, 'tool' as const, 'span' as const),
    kind: constantFrom('internal' as const, 'client' as const),
    status: constantFrom('unset' as const, 'error' as const),
    error: record({ message: text, type: text }, optional),
    startUs: anyTime,
    endUs: anyTime,
    timeFault: constant('no-start' as const),
    origin: constantFrom('span' as const, 'log' as const),
    call: record({ provider: text, requestModel: text, usage: record({ inputTokens: nat() }) }, optional),
    tool: record({ name: text, callId: text }, optional),
    agent: record({ name: text }, optional),
    retrieval: record({ query: text, documents: array(anyAttributes, { maxLength: 2 }) }, optional),
    input: anyContent,
    output: anyContent,
    toolDefinitions: anyJson,
    promptTemplate: dictionary(text, anyJson, { maxKeys: 2 }),
    evaluations: array(record({ name: text, value: nat(), target: constant('span' as const) }), {
      maxLength: 2,
    }),
    declaredAttempt: nat(),
    context: record(
      {
        sessionId: text,
        tags: array(text, { maxLength: 2 }),
        metadata: anyAttributes,
        traceInput: anyContent,
        traceOutput: anyContent,
      },
      optional,
    ),
    attributes: anyAttributes,
    events: array(record({ name: text, timeUs: anyTime, attributes: anyAttributes }), { maxLength: 2 }),
    links: array(record({ traceId: text, spanId: text, attributes: anyAttributes }), { maxLength: 2 }),
    traceState: text,
    flags: nat(),
    dropped: record({ attributes: nat() }, optional),
    source: constant({ resource: { attributes: {} }, scope: {}, dialects: [], usedKeys: [], mappingVersion: 1 }),
  },
  {
    requiredKeys: [
      'traceId',
      'spanId',
      'name',
      'type',
      'kind',
      'status',
      'startUs',
      'origin',
      'context',
      'attributes',
      'events',
      'links',
      'source',
    ],
  },
)
