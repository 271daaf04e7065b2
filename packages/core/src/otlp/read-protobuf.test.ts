import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  fixed32Field,
  fixed64Field,
  hexField,
  keyValueField,
  messageField,
  requestOf,
  textField,
  varintField,
  type Part,
} from '../../../../fixtures/otlp/wire-parts.ts'
import { OtlpDecodeError } from './decode-error.ts'
import { readSpansProtobuf } from './read-protobuf.ts'
import type { DecodedSpan } from './span-request.ts'

const traceId = '5b8efff798038103d269b633813fc60c'
const spanId = 'eee19b7ec3c1b174'
const ids: readonly Part[] = [hexField(1, traceId), hexField(2, spanId)]

function readSpan(...fields: readonly Part[]): DecodedSpan {
  const { spans, rejected } = readSpansProtobuf(requestOf([...ids, ...fields]))
  expect(rejected).toEqual([])
  expect(spans).toHaveLength(1)
  return spans[0]!
}

describe('readSpansProtobuf', () => {
  test('reads every field of a span', () => {
    const span = readSpan(
      textField(3, 'vendor=1'),
      hexField(4, '00f067aa0ba902b7'),
      textField(5, 'chat gpt-4o'),
      varintField(6, 3),
      fixed64Field(7, 1_763_900_000_123_456_789n),
      fixed64Field(8, 1_763_900_001_123_456_999n),
      keyValueField(9, 'gen_ai.request.model', textField(1, 'gpt-4o')),
      varintField(10, 4),
      messageField(
        11,
        fixed64Field(1, 5_000n),
        textField(2, 'exception'),
        keyValueField(3, 'a', varintField(3, 1)),
        varintField(4, 2),
      ),
      varintField(12, 5),
      messageField(
        13,
        hexField(1, traceId),
        hexField(2, spanId),
        textField(3, 's'),
        keyValueField(4, 'b', varintField(2, 1)),
        varintField(5, 1),
        fixed32Field(6, 257),
      ),
      varintField(14, 6),
      messageField(15, textField(2, 'it broke'), varintField(3, 2)),
      fixed32Field(16, 0x101),
    )
    expect(span).toEqual({
      resource: { attributes: {}, droppedAttributesCount: 0 },
      scope: { attributes: {}, droppedAttributesCount: 0 },
      traceId,
      spanId,
      parentSpanId: '00f067aa0ba902b7',
      traceState: 'vendor=1',
      name: 'chat gpt-4o',
      kind: 3,
      startUs: 1_763_900_000_123_456,
      endUs: 1_763_900_001_123_456,
      attributes: { 'gen_ai.request.model': 'gpt-4o' },
      droppedAttributesCount: 4,
      events: [{ timeUs: 5, name: 'exception', attributes: { a: 1 }, droppedAttributesCount: 2 }],
      droppedEventsCount: 5,
      links: [{ traceId, spanId, traceState: 's', attributes: { b: true }, droppedAttributesCount: 1, flags: 257 }],
      droppedLinksCount: 6,
      status: { code: 2, message: 'it broke' },
      flags: 0x101,
    })
  })

  test('leaves absent what a bare span does not say', () => {
    expect(readSpan()).toEqual({
      resource: { attributes: {}, droppedAttributesCount: 0 },
      scope: { attributes: {}, droppedAttributesCount: 0 },
      traceId,
      spanId,
      name: '',
      kind: 0,
      attributes: {},
      droppedAttributesCount: 0,
      events: [],
      droppedEventsCount: 0,
      links: [],
      droppedLinksCount: 0,
      status: { code: 0 },
    })
  })

  test('takes an empty body for an empty request', () => {
    expect(readSpansProtobuf(new Uint8Array())).toEqual({
      spans: [],
      rejected: [],
      rejectedCount: 0,
      tooManyCount: 0,
      droppedAttributes: 0,
      droppedParts: 0,
      warnings: [],
      lacksIds: false,
    })
  })

  test('shares resource and scope between spans, though their schema URLs come last', () => {
    const body = bodyOf(
      messageField(
        1,
        messageField(
          2,
          messageField(2, ...ids),
          messageField(2, ...ids),
          textField(3, 'scope-schema'),
          messageField(1, textField(1, 'lib')),
        ),
        textField(3, 'resource-schema'),
        messageField(1, keyValueField(1, 'service.name', textField(1, 'shop')), varintField(2, 1)),
      ),
    )
    const [first, second] = readSpansProtobuf(body).spans
    expect(first?.resource).toEqual({
      attributes: { 'service.name': 'shop' },
      droppedAttributesCount: 1,
      schemaUrl: 'resource-schema',
    })
    expect(first?.scope).toEqual({ name: 'lib', attributes: {}, droppedAttributesCount: 0, schemaUrl: 'scope-schema' })
    expect(second?.resource).toBe(first?.resource)
    expect(second?.scope).toBe(first?.scope)
  })

  test('reads spans of 1970 and 2255 to the microsecond', () => {
    const span = readSpan(fixed64Field(7, 1_000n), fixed64Field(8, 9_007_199_254_740_991_000n))
    expect(span).toMatchObject({ startUs: 1, endUs: Number.MAX_SAFE_INTEGER })
  })

  test('takes unknown kinds and status codes as unspecified', () => {
    expect(readSpan(varintField(6, 6), messageField(15, varintField(3, 3)))).toMatchObject({
      kind: 0,
      status: { code: 0 },
    })
    expect(readSpan(varintField(6, -1n))).toMatchObject({ kind: 0 })
  })
})

describe('bodies that are no protobuf', () => {
  test.each<[string, Uint8Array]>([
    ['a length beyond the buffer', Uint8Array.of(0x0a, 0x05, 0x01)],
    ['a length beyond its message', bodyOf(messageField(1, [0x12, 0x05]), [0, 0, 0, 0, 0])],
    ['a length of 2^63', Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)],
    ['an endless number', new Uint8Array(40).fill(0xff)],
    ['a group', requestOf([...ids, [0x1b], [0x1c]])],
    ['wire type 6', requestOf([...ids, [0x1e]])],
    ['wire type 7', requestOf([...ids, [0x1f]])],
    ['a field number 0', requestOf([...ids, [0x02, 0x00]])],
    ['half a time', requestOf([...ids, [0x39, 1, 2, 3, 4]])],
    ['half a value', requestOf([...ids, messageField(9, messageField(2, [0x21, 1, 2]))])],
    ['JSON', new TextEncoder().encode('{"resourceSpans":[]}')],
    ['a text', new TextEncoder().encode('hello')],
  ])('are refused: %s', (_, body) => {
    expect(() => readSpansProtobuf(body)).toThrow(OtlpDecodeError)
  })

  test('are refused with the place', () => {
    expect(() => readSpansProtobuf(Uint8Array.of(0x0a, 0x05, 0x01))).toThrow(
      expect.objectContaining({ offset: 2, message: 'byte 2: a length of 5, 4 bytes too many' }),
    )
  })
})
