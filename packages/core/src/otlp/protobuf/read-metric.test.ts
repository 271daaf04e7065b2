import { describe, expect, test } from 'vitest'
import {
  bytesField,
  doubleField,
  fixed64Field,
  keyValueField,
  messageField,
  requestOf,
  textField,
  varintField,
  type Part,
} from '../../../../../fixtures/otlp/wire-parts.ts'
import { readMetricsProtobuf } from '../read-protobuf.ts'

const times = [fixed64Field(2, 1_000n), fixed64Field(3, 2_000n)]
const pointFacts = { startUs: 1, timeUs: 2, attributes: { type: 'input' } }

function attribute(field: number): Part {
  return keyValueField(field, 'type', textField(1, 'input'))
}

function readMetric(...fields: readonly Part[]) {
  const { metrics, rejected } = readMetricsProtobuf(
    requestOf([textField(1, 'm'), textField(2, 'what'), textField(3, 's'), ...fields]),
  )
  expect(rejected).toEqual([])
  expect(metrics[0]).toMatchObject({ name: 'm', description: 'what', unit: 's' })
  return metrics[0]!
}

describe('readMetricsProtobuf', () => {
  test('reads a gauge of doubles', () => {
    const point = messageField(1, ...times, doubleField(4, 0.5), attribute(7), varintField(8, 1))
    expect(readMetric(messageField(5, point))).toMatchObject({
      kind: 'gauge',
      temporality: 0,
      points: [{ ...pointFacts, value: 0.5, flags: 1 }],
    })
  })

  test('reads a sum of whole numbers, exactly', () => {
    const points = [5n, -(2n ** 60n) - 1n].map((value) =>
      messageField(1, ...times, fixed64Field(6, value), attribute(7)),
    )
    expect(readMetric(messageField(7, ...points, varintField(2, 1), varintField(3, 1)))).toMatchObject({
      kind: 'sum',
      temporality: 1,
      isMonotonic: true,
      points: [
        { ...pointFacts, value: 5 },
        { ...pointFacts, value: -(2n ** 60n) - 1n },
      ],
    })
  })

  test('reads a histogram, its lists packed or not', () => {
    const packed = [
      bytesField(
        6,
        [1n, 2n].flatMap((count) => fixed64Field(0, count).slice(1)),
      ),
      bytesField(7, doubleField(0, 0.25).slice(1)),
    ]
    const single = [fixed64Field(6, 1n), fixed64Field(6, 2n), doubleField(7, 0.25)]
    const points = [packed, single].map((lists) =>
      messageField(
        1,
        ...times,
        fixed64Field(4, 3n),
        doubleField(5, 1.5),
        ...lists,
        attribute(9),
        doubleField(11, 0.1),
        doubleField(12, 0.9),
      ),
    )
    const expected = {
      ...pointFacts,
      count: 3,
      sum: 1.5,
      min: 0.1,
      max: 0.9,
      bucketCounts: [1, 2],
      explicitBounds: [0.25],
    }
    expect(readMetric(messageField(9, ...points, varintField(2, 2)))).toMatchObject({
      kind: 'histogram',
      temporality: 2,
      points: [expected, expected],
    })
  })

  test('reads what exponential histograms and summaries have in common with the others', () => {
    const exponential = messageField(
      1,
      attribute(1),
      ...times,
      fixed64Field(4, 3n),
      doubleField(5, 1.5),
      doubleField(12, 0.1),
      doubleField(13, 0.9),
    )
    expect(readMetric(messageField(10, exponential))).toMatchObject({
      kind: 'exponentialHistogram',
      points: [{ ...pointFacts, count: 3, sum: 1.5, min: 0.1, max: 0.9 }],
    })
    const summary = messageField(1, ...times, fixed64Field(4, 3n), doubleField(5, 1.5), attribute(7))
    expect(readMetric(messageField(11, summary))).toMatchObject({
      kind: 'summary',
      points: [{ ...pointFacts, count: 3, sum: 1.5 }],
    })
  })

  test('takes the last of two kinds', () => {
    const sum = messageField(7, messageField(1, fixed64Field(6, 1n)), varintField(2, 1))
    const gauge = messageField(5, messageField(1, fixed64Field(6, 2n)))
    expect(readMetric(sum, gauge)).toMatchObject({ kind: 'gauge', temporality: 0, points: [{ value: 2 }] })
  })

  test('rejects a metric without a name with all its points', () => {
    const point = messageField(1, fixed64Field(6, 1n))
    const request = readMetricsProtobuf(requestOf([messageField(7, point, point, point)], [textField(1, 'good')]))
    expect(request).toMatchObject({
      metrics: [{ name: 'good', points: [] }],
      rejected: [{ index: 0, reason: 'it has no name' }],
      rejectedCount: 3,
    })
  })
})
