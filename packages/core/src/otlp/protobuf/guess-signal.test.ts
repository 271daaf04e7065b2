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
  type Part,
} from '../../../../../fixtures/otlp/wire-parts.ts'
import { readLogsProtobuf, readMetricsProtobuf, readSpansProtobuf } from '../read-protobuf.ts'

const traceId = '5b8efff798038103d269b633813fc60c'
const spanId = 'eee19b7ec3c1b174'
const ids: readonly Part[] = [hexField(1, traceId), hexField(2, spanId)]

describe('guessSignal', () => {
  const bareLog = [
    fixed64Field(1, 1_000n),
    varintField(2, 9),
    messageField(5, textField(1, 'started')),
    fixed64Field(11, 2_000n),
  ]
  const log = [
    ...bareLog,
    keyValueField(6, 'event.name', textField(1, 'x')),
    fixed32Field(8, 1),
    hexField(9, traceId),
    hexField(10, spanId),
  ]
  const metric = [
    textField(1, 'claude_code.token.usage'),
    textField(3, 'tokens'),
    messageField(7, messageField(1, fixed64Field(6, 5n))),
  ]
  const span = [...ids, textField(5, 'chat'), fixed64Field(7, 1_000n), keyValueField(9, 'a', varintField(3, 1))]

  test('logs without ids read as spans that lack ids', () => {
    expect(readSpansProtobuf(requestOf(bareLog, bareLog))).toMatchObject({
      spans: [],
      lacksIds: true,
      rejectedCount: 2,
      likelySignal: 'logs',
    })
  })

  test('logs with ids break where a trace id is no attribute', () => {
    expect(() => readSpansProtobuf(requestOf(log))).toThrow(expect.objectContaining({ likelySignal: 'logs' }))
  })

  test('metrics read as spans with malformed ids', () => {
    expect(readSpansProtobuf(requestOf(metric))).toMatchObject({ spans: [], likelySignal: 'metrics' })
  })

  test('spans break on the other paths', () => {
    expect(() => readLogsProtobuf(requestOf(span))).toThrow(expect.objectContaining({ likelySignal: 'traces' }))
    expect(() => readMetricsProtobuf(requestOf(span))).toThrow(expect.objectContaining({ likelySignal: 'traces' }))
  })

  test('records on their own path give no guess', () => {
    expect(readSpansProtobuf(requestOf(span)).likelySignal).toBeUndefined()
    expect(readLogsProtobuf(requestOf(log)).likelySignal).toBeUndefined()
    expect(readMetricsProtobuf(requestOf(metric)).likelySignal).toBeUndefined()
  })

  test('spans that cannot be kept although they have ids are no sign of another signal', () => {
    const request = readSpansProtobuf(requestOf([...ids, hexField(4, 'ab')]))
    expect(request).toMatchObject({ spans: [], rejectedCount: 1, lacksIds: false })
    expect(request.likelySignal).toBeUndefined()
  })
})
