import { describe, expect, test } from 'vitest'
import { metricsBody } from '../../../../../fixtures/otlp/json-parts.ts'
import { readMetricsJson } from '../read-json.ts'

const point = {
  startTimeUnixNano: '1000',
  timeUnixNano: '2000',
  attributes: [{ key: 'type', value: { stringValue: 'input' } }],
}
const pointFacts = { startUs: 1, timeUs: 2, attributes: { type: 'input' } }

describe('readMetricsJson', () => {
  test('reads sums and gauges, whole numbers exactly', () => {
    const { metrics } = readMetricsJson(
      metricsBody(
        {
          name: 'tokens',
          description: 'what',
          unit: '{token}',
          sum: {
            aggregationTemporality: 1,
            isMonotonic: true,
            dataPoints: [
              { ...point, asInt: '1152921504606846977' },
              { ...point, asDouble: 2 },
              { ...point, asInt: 3 },
            ],
          },
        },
        { name: 'load', gauge: { dataPoints: [{ ...point, asDouble: 0.5, flags: 1 }, { asDouble: 'NaN' }] } },
      ),
    )
    expect(metrics).toMatchObject([
      {
        name: 'tokens',
        description: 'what',
        unit: '{token}',
        kind: 'sum',
        temporality: 1,
        isMonotonic: true,
        points: [
          { ...pointFacts, value: 2n ** 60n + 1n },
          { ...pointFacts, value: 2 },
          { ...pointFacts, value: 3 },
        ],
      },
      {
        name: 'load',
        kind: 'gauge',
        temporality: 0,
        points: [{ ...pointFacts, value: 0.5, flags: 1 }, { value: undefined }],
      },
    ])
  })

  test('reads histograms, and what the rarer kinds have in common with them', () => {
    const totals = { ...point, count: '3', sum: 1.5, min: 0.1, max: 0.9 }
    const facts = { ...pointFacts, count: 3, sum: 1.5, min: 0.1, max: 0.9 }
    const { metrics } = readMetricsJson(
      metricsBody(
        {
          name: 'a',
          histogram: {
            aggregationTemporality: 'AGGREGATION_TEMPORALITY_CUMULATIVE',
            dataPoints: [{ ...totals, bucketCounts: ['1', 2], explicitBounds: [0.25] }],
          },
        },
        { name: 'b', exponentialHistogram: { dataPoints: [{ ...totals, scale: 3, positive: { offset: 1 } }] } },
        { name: 'c', summary: { dataPoints: [{ count: 0 }] } },
      ),
    )
    expect(metrics).toMatchObject([
      { kind: 'histogram', temporality: 2, points: [{ ...facts, bucketCounts: [1, 2], explicitBounds: [0.25] }] },
      { kind: 'exponentialHistogram', points: [facts] },
      { kind: 'summary', points: [{ count: 0 }] },
    ])
  })

  test('keeps a metric without data', () => {
    expect(readMetricsJson(metricsBody({ name: 'empty' })).metrics).toMatchObject([
      { name: 'empty', kind: undefined, points: [] },
    ])
  })

  test('rejects a metric with all its points when one of them is wrong', () => {
    const request = readMetricsJson(
      metricsBody(
        { name: 'good', gauge: { dataPoints: [point] } },
        { name: 'bad', sum: { dataPoints: [point, { asInt: {} }, point] } },
        5,
      ),
    )
    expect(request).toMatchObject({
      metrics: [{ name: 'good' }],
      rejectedCount: 4,
      rejected: [
        { index: 1, reason: 'sum.dataPoints[1].asInt: a 64-bit integer is needed, this is an object' },
        { index: 2, reason: 'an object is needed, this is a number' },
      ],
    })
  })
})
