import { describe, expect, test } from 'vitest'
import { decodeRequest, type RequestContent } from '../../../../fixtures/otlp/decode-request.ts'
import {
  fixtureClients,
  readFixture,
  readFixtureCounts,
  type FixtureClient,
} from '../../../../fixtures/otlp/read-fixture.ts'
import { jsonBody } from '../../../../fixtures/otlp/json-parts.ts'
import { readLogsJson, readSpansJson } from './read-json.ts'
import { readLogsProtobuf, readSpansProtobuf } from './read-protobuf.ts'
import { writeLogsJson, writeSpansJson } from './write-json.ts'
import { writeLogsProtobuf, writeSpansProtobuf } from './write-protobuf.ts'

/** All requests of a recording as one. */
function readRecording(client: FixtureClient): RequestContent {
  const requests = readFixture(client).map(decodeRequest)
  return {
    spans: requests.flatMap(({ spans }) => spans),
    logs: requests.flatMap(({ logs }) => logs),
    metrics: requests.flatMap(({ metrics }) => metrics),
  }
}

describe.each(fixtureClients)('the recording of %s', (client) => {
  test('holds what its note says, and nothing is rejected', () => {
    const { spans, logs, metrics } = readRecording(client)
    expect({
      spans: spans.length,
      traces: new Set(spans.map((span) => span.traceId)).size,
      logs: logs.length,
      metrics: metrics.length,
    }).toEqual(readFixtureCounts(client))
  })

  test('is the same after a turn through either encoding', () => {
    const { spans, logs } = readRecording(client)
    expect(readSpansJson(jsonBody(writeSpansJson(spans))).spans).toEqual(spans)
    expect(readSpansProtobuf(writeSpansProtobuf(spans)).spans).toEqual(spans)
    expect(readLogsJson(jsonBody(writeLogsJson(logs))).logs).toEqual(logs)
    expect(readLogsProtobuf(writeLogsProtobuf(logs)).logs).toEqual(logs)
  })

  test('has spans that ended after they began, in the year they were recorded', () => {
    const { spans } = readRecording(client)
    for (const { startUs, endUs } of spans) {
      expect(new Date(startUs! / 1000).getUTCFullYear()).toBe(2026)
      expect(endUs).toBeGreaterThanOrEqual(startUs!)
    }
  })
})

describe('what clients are known to send', () => {
  test('NaN token counts of AI SDK 4 are absent', () => {
    const streamed = readRecording('vercel-ai-v4').spans.filter((span) => span.name === 'ai.streamText.doStream')
    expect(streamed.length).toBeGreaterThan(0)
    for (const { attributes } of streamed) expect('ai.usage.promptTokens' in attributes).toBe(false)
  })

  test('Claude Code sends delta sums', () => {
    const { metrics } = readRecording('claude-code')
    for (const { kind, temporality, points } of metrics) {
      expect({ kind, temporality }).toEqual({ kind: 'sum', temporality: 1 })
      for (const point of points) expect(point.value).toBeTypeOf('number')
    }
  })

  test('the histograms of OpenTelemetry have a bucket more than bounds', () => {
    const histograms = readRecording('otel-contrib-openai').metrics.filter((metric) => metric.kind === 'histogram')
    expect(histograms.map((metric) => metric.name)).toContain('gen_ai.client.operation.duration')
    for (const point of histograms.flatMap((metric) => metric.points)) {
      expect(point.bucketCounts).toHaveLength(point.explicitBounds!.length + 1)
      expect(point.bucketCounts!.reduce((sum, count) => sum + count, 0)).toBe(point.count)
    }
  })

  test('log bodies and attributes of OpenTelemetry are structured', () => {
    const { logs } = readRecording('otel-contrib-openai')
    const details = logs.filter((log) => log.eventName === 'gen_ai.client.inference.operation.details')
    expect(details.length).toBeGreaterThan(0)
    for (const { attributes } of details)
      expect(attributes['gen_ai.input.messages'] ?? attributes['gen_ai.output.messages']).toBeInstanceOf(Array)
  })
})
