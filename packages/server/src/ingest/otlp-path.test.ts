import { describe, expect, test } from 'vitest'
import { otlpPathAdvice, signalOfPath } from './otlp-path.ts'

describe('signalOfPath', () => {
  test.each([
    ['/v1/traces', 'traces'],
    ['/v1/traces/', 'traces'],
    ['/v1/traces/v1/traces', 'traces'],
    ['/v1/traces/v1/logs', 'logs'],
    ['/api/default/v1/metrics', 'metrics'],
  ])('%s takes %s', (path, signal) => expect(signalOfPath(path)).toBe(signal))

  test.each(['/', '/traces', '/v1', '/v1/profiles', '/v1/traces/x', '/v1traces', '/V1/traces'])('%s none', (path) =>
    expect(signalOfPath(path)).toBeUndefined(),
  )
})

describe('otlpPathAdvice', () => {
  test('says what both settings of an exporter should be', () => {
    expect(otlpPathAdvice('logs', 'http://localhost:4318')).toBe(
      'Set OTEL_EXPORTER_OTLP_ENDPOINT to http://localhost:4318, without a path: exporters append /v1/logs. ' +
        'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, where it is set, is the whole of http://localhost:4318/v1/logs.',
    )
  })
})
