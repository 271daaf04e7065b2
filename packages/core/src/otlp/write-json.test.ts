import { describe, expect, test } from 'vitest'
import type { SpanId, TraceId } from '../ids/ids.ts'
import { cutMarker, noAttributes, type AttributeValue } from './any-value.ts'
import type { DecodedSpan } from './span-request.ts'
import { writeLogsJson, writeSpansJson } from './write-json.ts'

const resource = { attributes: { 'service.name': 'shop' }, droppedAttributesCount: 0, schemaUrl: 'r' }
const scope = { name: 'lib', attributes: noAttributes, droppedAttributesCount: 0 }
const ids = { traceId: '5b8efff798038103d269b633813fc60c' as TraceId, spanId: 'eee19b7ec3c1b174' as SpanId }
const bareSpan: DecodedSpan = {
  resource,
  scope,
  ...ids,
  name: '',
  kind: 0,
  attributes: noAttributes,
  droppedAttributesCount: 0,
  events: [],
  droppedEventsCount: 0,
  links: [],
  droppedLinksCount: 0,
  status: { code: 0 },
}

function writtenValue(value: AttributeValue): unknown {
  const request = JSON.parse(writeSpansJson([{ ...bareSpan, attributes: { key: value } }]))
  return request.resourceSpans[0].scopeSpans[0].spans[0].attributes?.[0]?.value
}

describe('writeSpansJson', () => {
  test('leaves out what has its default value', () => {
    expect(JSON.parse(writeSpansJson([bareSpan]))).toEqual({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
          schemaUrl: 'r',
          scopeSpans: [{ scope: { name: 'lib' }, spans: [{ ...ids, status: {} }] }],
        },
      ],
    })
  })

  test('writes times in nanoseconds as text, enums as numbers', () => {
    const span = { ...bareSpan, kind: 3, startUs: 1_763_900_000_123_456, endUs: 0, status: { code: 2 } } as const
    expect(JSON.parse(writeSpansJson([span])).resourceSpans[0].scopeSpans[0].spans[0]).toMatchObject({
      kind: 3,
      startTimeUnixNano: '1763900000123456000',
      endTimeUnixNano: '1',
      status: { code: 2 },
    })
  })

  test('groups spans that share resource and scope, in order of first appearance', () => {
    const otherScope = { ...scope, name: 'other' }
    const spans = [
      { ...bareSpan, name: 'a' },
      { ...bareSpan, name: 'b', scope: otherScope },
      { ...bareSpan, name: 'c' },
      { ...bareSpan, name: 'd', resource: { ...resource } },
    ]
    const request = JSON.parse(writeSpansJson(spans)) as {
      resourceSpans: { scopeSpans: { spans: { name: string }[] }[] }[]
    }
    expect(
      request.resourceSpans.map((layer) => layer.scopeSpans.map((inner) => inner.spans.map(({ name }) => name))),
    ).toEqual([[['a', 'c'], ['b']], [['d']]])
  })

  test.each<[string, AttributeValue, unknown]>([
    ['a whole number as int in text', 42, { intValue: '42' }],
    ['a fraction as double', 0.5, { doubleValue: 0.5 }],
    ['a number too large for exact integers as double', 1e300, { doubleValue: 1e300 }],
    ['a bigint as int', 2n ** 60n, { intValue: '1152921504606846976' }],
    ['a bigint beyond 64 bits as text', 2n ** 64n, { stringValue: '18446744073709551616' }],
    ['NaN as no value', Number.NaN, {}],
    ['bytes in base64', Uint8Array.of(0, 255), { bytesValue: 'AP8=' }],
    ['a list with a gap', [1, undefined], { arrayValue: { values: [{ intValue: '1' }, {}] } }],
    ['an object', { a: true, b: undefined }, { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } }],
    ['lone surrogates as U+FFFD', 'a\ud800', { stringValue: 'a\ufffd' }],
  ])('writes %s', (_, value, expected) => {
    expect(writtenValue(value)).toEqual(expected)
  })

  test('cuts what is nested more deeply than a reader would follow, a loop too', () => {
    const loop: AttributeValue[] = []
    loop.push(loop)
    const written = JSON.stringify(writtenValue(loop))
    expect(written).toContain(cutMarker)
    expect(written.match(/arrayValue/g)).toHaveLength(64)
  })
})

describe('writeLogsJson', () => {
  test('leaves out what has its default value', () => {
    const log = { resource, scope, severityNumber: 0, body: 'hi', attributes: noAttributes, droppedAttributesCount: 0 }
    expect(JSON.parse(writeLogsJson([log])).resourceLogs[0].scopeLogs).toEqual([
      { scope: { name: 'lib' }, logRecords: [{ body: { stringValue: 'hi' } }] },
    ])
  })
})
