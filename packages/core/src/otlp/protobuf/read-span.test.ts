import { describe, expect, test } from 'vitest'
import {
  fixed32Field,
  fixed64Field,
  hexField,
  messageField,
  requestOf,
  textField,
  varintField,
  type Part,
} from '../../../../../fixtures/otlp/wire-parts.ts'
import { defaultDecodeLimits } from '../allowance.ts'
import { readSpansProtobuf } from '../read-protobuf.ts'
import type { DecodedSpan } from '../span-request.ts'

const traceId = '5b8efff798038103d269b633813fc60c'
const spanId = 'eee19b7ec3c1b174'
const ids: readonly Part[] = [hexField(1, traceId), hexField(2, spanId)]

function readSpan(...fields: readonly Part[]): DecodedSpan {
  const { spans, rejected } = readSpansProtobuf(requestOf([...ids, ...fields]))
  expect(rejected).toEqual([])
  expect(spans).toHaveLength(1)
  return spans[0]!
}

describe('spans that cannot be kept, in protobuf', () => {
  const reasonOf = (...fields: readonly Part[]) => {
    const request = readSpansProtobuf(requestOf([...ids], fields, [...ids]))
    expect(request.spans).toHaveLength(2)
    expect(request).toMatchObject({ rejectedCount: 1, rejected: [{ index: 1 }], lacksIds: false })
    return request.rejected[0]?.reason
  }

  test.each<[string, readonly Part[], string]>([
    ['no ids', [], 'it has neither trace id nor span id'],
    ['no trace id', [hexField(2, spanId)], 'it has no trace id'],
    ['no span id', [hexField(1, traceId)], 'it has no span id'],
    ['a short trace id', [hexField(1, '5b8e'), hexField(2, spanId)], 'the trace id is not 16 bytes (32 hex digits)'],
    ['a long span id', [hexField(1, traceId), hexField(2, traceId)], 'the span id is not 8 bytes (16 hex digits)'],
    ['a zero trace id', [hexField(1, '0'.repeat(32)), hexField(2, spanId)], 'the trace id is all zero'],
    ['a zero span id', [hexField(1, traceId), hexField(2, '0'.repeat(16))], 'the span id is all zero'],
    ['a malformed parent', [...ids, hexField(4, 'ab')], 'the parent span id is not 8 bytes (16 hex digits)'],
    ['a start after 2255', [...ids, fixed64Field(7, 2n ** 64n - 1n)], 'the start is after the year 2255'],
    ['an end after 2255', [...ids, fixed64Field(8, 9_007_199_254_740_992_000n)], 'the end is after the year 2255'],
  ])('with %s is rejected by its index', (_, fields, reason) => {
    expect(reasonOf(...fields)).toBe(reason)
  })

  test('an empty and a zero parent id mean a root', () => {
    expect(readSpan(hexField(4, '')).parentSpanId).toBeUndefined()
    expect(readSpan(hexField(4, '0'.repeat(16))).parentSpanId).toBeUndefined()
  })

  test('a link to nowhere and an event of no time cost themselves, not the span', () => {
    const span = readSpan(
      messageField(13, hexField(1, traceId)),
      messageField(13, hexField(1, 'ab'), hexField(2, spanId)),
      varintField(14, 1),
      messageField(11, fixed64Field(1, 2n ** 64n - 1n), textField(2, 'later')),
    )
    expect(span).toMatchObject({ links: [], droppedLinksCount: 3, events: [{ name: 'later' }] })
    expect(span.events[0]?.timeUs).toBeUndefined()
  })

  test('beyond what a request may hold are rejected, events and links are dropped', () => {
    const event = messageField(11, textField(2, 'token'))
    const link = messageField(13, ...ids)
    const body = requestOf([...ids, event, event, link], [...ids, event], [...ids])
    const request = readSpansProtobuf(body, { ...defaultDecodeLimits, maxItems: 3 })
    expect(request).toMatchObject({
      spans: [{ droppedEventsCount: 0, droppedLinksCount: 1 }],
      droppedParts: 1,
      rejectedCount: 2,
      tooManyCount: 2,
      rejected: [
        { index: 1, reason: 'the request holds too much' },
        { index: 2, reason: 'the request holds too much' },
      ],
    })
  })

  test('are all counted, and the first hundred named', () => {
    const request = readSpansProtobuf(requestOf(...Array.from({ length: 250 }, () => [hexField(1, traceId)])))
    expect(request.rejectedCount).toBe(250)
    expect(request.rejected.map(({ index }) => index)).toEqual(Array.from({ length: 100 }, (_, index) => index))
  })
})

describe('repeated and unknown fields in protobuf', () => {
  test('the last of a repeated field counts, and messages merge', () => {
    const span = readSpan(
      textField(5, 'first'),
      messageField(15, varintField(3, 2)),
      textField(5, 'second'),
      messageField(15, textField(2, 'why')),
    )
    expect(span).toMatchObject({ name: 'second', status: { code: 2, message: 'why' } })
  })

  test('unknown fields and known ones of another wire type are stepped over', () => {
    const span = readSpan(
      varintField(100, 7),
      fixed64Field(101, 7n),
      textField(102, 'new'),
      fixed32Field(103, 7),
      varintField(5, 7),
      textField(7, 'noon'),
    )
    expect(span).toMatchObject({ name: '' })
    expect(span.startUs).toBeUndefined()
  })
})
