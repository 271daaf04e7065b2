import { describe, expect, test } from 'vitest'
import {
  fixed32Field,
  fixed64Field,
  hexField,
  keyValueField,
  messageField,
  requestOf,
  textField,
  varintField,
} from '../../../../../fixtures/otlp/wire-parts.ts'
import { readLogsProtobuf } from '../read-protobuf.ts'

const traceId = '5b8efff798038103d269b633813fc60c'
const spanId = 'eee19b7ec3c1b174'

describe('readLogsProtobuf', () => {
  test('reads every field of a log record', () => {
    const { logs } = readLogsProtobuf(
      requestOf([
        fixed64Field(1, 1_763_900_000_123_456_789n),
        varintField(2, 9),
        textField(3, 'INFO'),
        messageField(5, messageField(6, keyValueField(1, 'content', textField(1, 'hi')))),
        keyValueField(6, 'event.name', textField(1, 'gen_ai.choice')),
        varintField(7, 1),
        fixed32Field(8, 1),
        hexField(9, traceId),
        hexField(10, spanId),
        fixed64Field(11, 1_763_900_000_999_999_999n),
        textField(12, 'gen_ai.choice'),
      ]),
    )
    expect(logs).toEqual([
      {
        resource: { attributes: {}, droppedAttributesCount: 0 },
        scope: { attributes: {}, droppedAttributesCount: 0 },
        timeUs: 1_763_900_000_123_456,
        observedTimeUs: 1_763_900_000_999_999,
        severityNumber: 9,
        severityText: 'INFO',
        body: { content: 'hi' },
        attributes: { 'event.name': 'gen_ai.choice' },
        droppedAttributesCount: 1,
        flags: 1,
        traceId,
        spanId,
        eventName: 'gen_ai.choice',
      },
    ])
  })

  test('takes empty and zero ids as none, and rejects malformed ones', () => {
    const body = requestOf(
      [hexField(9, ''), hexField(10, '')],
      [hexField(9, '0'.repeat(32)), hexField(10, '0'.repeat(16))],
      [hexField(9, 'ab')],
      [hexField(10, 'ab')],
      [fixed64Field(1, 2n ** 64n - 1n)],
    )
    const request = readLogsProtobuf(body)
    expect(request.logs.map((log) => [log.traceId, log.spanId])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ])
    expect(request.rejected.map(({ index }) => index)).toEqual([2, 3, 4])
  })
})
