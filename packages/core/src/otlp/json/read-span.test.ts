import { describe, expect, test } from 'vitest'
import { spansBody } from '../../../../../fixtures/otlp/json-parts.ts'
import { defaultDecodeLimits } from '../allowance.ts'
import { readSpansJson } from '../read-json.ts'
import type { DecodedSpan } from '../span-request.ts'

const ids = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }

function readSpan(fields: object): DecodedSpan {
  const { spans, rejected } = readSpansJson(spansBody({ ...ids, ...fields }))
  expect(rejected).toEqual([])
  return spans[0]!
}

function reasonOf(fields: object): string | undefined {
  const { rejected } = readSpansJson(spansBody(ids, { ...ids, ...fields }))
  expect(rejected[0]?.index).toBe(1)
  return rejected[0]?.reason
}

describe('a span in JSON', () => {
  test('is read with all its fields', () => {
    const span = readSpan({
      traceState: 'vendor=1',
      parentSpanId: '00f067aa0ba902b7',
      flags: 257,
      name: 'chat gpt-4o',
      kind: 3,
      startTimeUnixNano: '1763900000123456789',
      endTimeUnixNano: '1763900001123456999',
      attributes: [{ key: 'gen_ai.request.model', value: { stringValue: 'gpt-4o' } }],
      droppedAttributesCount: 4,
      events: [
        {
          timeUnixNano: '5000',
          name: 'exception',
          attributes: [{ key: 'a', value: { intValue: '1' } }],
          droppedAttributesCount: 2,
        },
      ],
      droppedEventsCount: '5',
      links: [
        {
          ...ids,
          traceState: 's',
          attributes: [{ key: 'b', value: { boolValue: true } }],
          droppedAttributesCount: 1,
          flags: 257,
        },
      ],
      droppedLinksCount: 6,
      status: { code: 2, message: 'it broke' },
    })
    expect(span).toEqual({
      resource: { attributes: {}, droppedAttributesCount: 0 },
      scope: { attributes: {}, droppedAttributesCount: 0 },
      ...ids,
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
      links: [{ ...ids, traceState: 's', attributes: { b: true }, droppedAttributesCount: 1, flags: 257 }],
      droppedLinksCount: 6,
      status: { code: 2, message: 'it broke' },
      flags: 257,
    })
  })

  test('takes null for any field that is not set', () => {
    const keys = [
      'parentSpanId',
      'traceState',
      'flags',
      'name',
      'kind',
      'startTimeUnixNano',
      'endTimeUnixNano',
      'attributes',
    ]
    const more = ['droppedAttributesCount', 'events', 'droppedEventsCount', 'links', 'droppedLinksCount', 'status']
    expect(readSpan(Object.fromEntries([...keys, ...more].map((key) => [key, null])))).toEqual(readSpan({}))
  })

  test('takes hex ids in any case', () => {
    const span = readSpan({
      traceId: ids.traceId.toUpperCase(),
      spanId: 'EEE19b7ec3c1B174',
      parentSpanId: '00F067AA0BA902B7',
    })
    expect(span).toMatchObject({ ...ids, parentSpanId: '00f067aa0ba902b7' })
  })

  test('takes an empty and a zero parent for a root', () => {
    expect(readSpan({ parentSpanId: '' }).parentSpanId).toBeUndefined()
    expect(readSpan({ parentSpanId: '0000000000000000' }).parentSpanId).toBeUndefined()
  })

  test('reads spans of 1970 and 2255 to the microsecond', () => {
    const span = readSpan({ startTimeUnixNano: '1000', endTimeUnixNano: '9007199254740991000' })
    expect(span).toMatchObject({ startUs: 1, endUs: Number.MAX_SAFE_INTEGER })
  })

  test('takes times as numbers, and 0 as absent', () => {
    const span = readSpan({ startTimeUnixNano: 5_000_000, endTimeUnixNano: '0' })
    expect(span.startUs).toBe(5_000)
    expect(span.endUs).toBeUndefined()
  })

  test('takes enums by number and by name, unknown ones as unspecified', () => {
    expect(readSpan({ kind: 'SPAN_KIND_SERVER', status: { code: 'STATUS_CODE_ERROR' } })).toMatchObject({
      kind: 2,
      status: { code: 2 },
    })
    expect(readSpan({ kind: 'SPAN_KIND_FUTURE', status: { code: 'constructor' } })).toMatchObject({
      kind: 0,
      status: { code: 0 },
    })
    expect(readSpan({ kind: 17, status: { code: -1 } })).toMatchObject({ kind: 0, status: { code: 0 } })
  })

  test('replaces lone surrogates and keeps NUL', () => {
    const span = readSpan({
      name: 'a\ud800b\0',
      status: { message: '\udc00' },
      attributes: [{ key: 'k\ud800', value: { stringValue: '🙂\ude00' } }],
    })
    expect(span).toMatchObject({
      name: 'a\ufffdb\0',
      status: { message: '\ufffd' },
      attributes: { 'k\ufffd': '🙂\ufffd' },
    })
  })

  test('drops a link to nowhere and counts it', () => {
    expect(readSpan({ links: [{}, { traceId: 'x', spanId: 'y' }, ids], droppedLinksCount: 1 })).toMatchObject({
      links: [ids],
      droppedLinksCount: 3,
    })
  })

  test('keeps attributes up to the limit and counts the rest', () => {
    const attributes = Array.from({ length: 5 }, (_, index) => ({ key: `key${index}`, value: { intValue: index } }))
    const { spans, droppedAttributes } = readSpansJson(spansBody({ ...ids, attributes, droppedAttributesCount: 7 }), {
      ...defaultDecodeLimits,
      maxAttributes: 3,
    })
    expect(spans[0]).toMatchObject({ attributes: { key0: 0, key1: 1, key2: 2 }, droppedAttributesCount: 9 })
    // What the sender itself has dropped is none of ours.
    expect(droppedAttributes).toBe(2)
  })
})

describe('a span in JSON that cannot be kept', () => {
  const traceIdReason = 'the trace id is not 16 bytes (32 hex digits)'
  test.each([
    ['a base64 trace id', { traceId: 'W47/95gDgQPSabYzgT/GDA==' }, traceIdReason],
    ['a base64 id as long as hex', { traceId: 'W47/95gDgQPSabYzgT/GDAW47/95gDgQ' }, traceIdReason],
    ['a short trace id', { traceId: '5b8e' }, traceIdReason],
    ['a trace id with a letter too many', { traceId: 'g'.repeat(32) }, traceIdReason],
    ['a zero trace id', { traceId: '0'.repeat(32) }, 'the trace id is all zero'],
    ['no span id', { spanId: undefined }, 'it has no span id'],
    ['a zero span id', { spanId: '0'.repeat(16) }, 'the span id is all zero'],
    ['a malformed parent', { parentSpanId: 'root' }, 'the parent span id is not 8 bytes (16 hex digits)'],
    ['a number for an id', { traceId: 5 }, 'traceId: a text is needed, this is a number'],
    [
      'a date for a time',
      { startTimeUnixNano: '2026-11-23T00:00:00Z' },
      'startTimeUnixNano: a whole number of nanoseconds is needed, this is a text',
    ],
    [
      'a fraction for a time',
      { endTimeUnixNano: 0.5 },
      'endTimeUnixNano: a whole number of nanoseconds is needed, this is a number',
    ],
    ['a time after 2255', { endTimeUnixNano: '18446744073709551615' }, 'the end is after the year 2255'],
    ['an object for a kind', { kind: {} }, 'kind: a number or the name of an enum is needed, this is an object'],
    ['a negative count', { droppedEventsCount: -1 }, 'droppedEventsCount: a whole number is needed, this is a number'],
    ['a text for attributes', { attributes: 'a=1' }, 'attributes: a list is needed, this is a text'],
    ['an object for attributes', { attributes: { a: 1 } }, 'attributes: a list is needed, this is an object'],
    ['a text for an attribute', { attributes: ['a'] }, 'attributes[0]: an object is needed, this is a text'],
    [
      'a bare value',
      { attributes: [{ key: 'a', value: 'b' }] },
      'attributes[0].value: an object is needed, this is a text',
    ],
    ['a number for an event name', { events: [{}, { name: 1 }] }, 'events[1].name: a text is needed, this is a number'],
    ['a text for a link', { links: ['x'] }, 'links[0]: an object is needed, this is a text'],
    ['a text for a status', { status: 'ok' }, 'status: an object is needed, this is a text'],
    ['a number for a message', { status: { message: 1 } }, 'status.message: a text is needed, this is a number'],
    ['true for flags', { flags: true }, 'flags: a whole number is needed, this is true or false'],
  ])('for %s is rejected with the reason', (_, fields, reason) => {
    expect(reasonOf(fields)).toBe(reason)
  })
})
