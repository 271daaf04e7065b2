import { describe, expect, test } from 'vitest'
import { logsBody } from '../../../../../fixtures/otlp/json-parts.ts'
import { readLogsJson } from '../read-json.ts'

const ids = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }

describe('readLogsJson', () => {
  test('reads every field of a log record', () => {
    const { logs } = readLogsJson(
      logsBody({
        ...ids,
        timeUnixNano: '1763900000123456789',
        observedTimeUnixNano: 1_000_000,
        severityNumber: 9,
        severityText: 'INFO',
        eventName: 'gen_ai.choice',
        body: { kvlistValue: { values: [{ key: 'content', value: { stringValue: 'hi' } }] } },
        attributes: [{ key: 'event.name', value: { stringValue: 'gen_ai.choice' } }],
        droppedAttributesCount: 1,
        flags: 1,
      }),
    )
    expect(logs).toEqual([
      {
        resource: { attributes: {}, droppedAttributesCount: 0 },
        scope: { attributes: {}, droppedAttributesCount: 0 },
        ...ids,
        timeUs: 1_763_900_000_123_456,
        observedTimeUs: 1_000,
        severityNumber: 9,
        severityText: 'INFO',
        eventName: 'gen_ai.choice',
        body: { content: 'hi' },
        attributes: { 'event.name': 'gen_ai.choice' },
        droppedAttributesCount: 1,
        flags: 1,
      },
    ])
  })

  test('takes empty ids as none, severities by name, and no value as no body', () => {
    const { logs } = readLogsJson(
      logsBody(
        { traceId: '', spanId: '', severityNumber: 'SEVERITY_NUMBER_WARN2', body: {} },
        { traceId: '0'.repeat(32), severityNumber: 99, body: null },
        { severityNumber: 'SEVERITY_NUMBER_FATAL4', body: { stringValue: 'x\ud800' } },
      ),
    )
    expect(logs.map((log) => [log.traceId, log.spanId, log.severityNumber, log.body])).toEqual([
      [undefined, undefined, 14, undefined],
      [undefined, undefined, 0, undefined],
      [undefined, undefined, 24, 'x\ufffd'],
    ])
  })

  test('rejects records with malformed ids or wrong types by index', () => {
    const request = readLogsJson(
      logsBody({}, { traceId: 'ab' }, { spanId: 'ab' }, { body: 'text' }, { flags: [] }, ids),
    )
    expect(request.logs).toHaveLength(2)
    expect(request.rejected).toEqual([
      { index: 1, reason: 'the trace id is not 16 bytes (32 hex digits)' },
      { index: 2, reason: 'the span id is not 8 bytes (16 hex digits)' },
      { index: 3, reason: 'body: an object is needed, this is a text' },
      { index: 4, reason: 'flags: a whole number is needed, this is a list' },
    ])
  })
})
