import { describe, expect, test } from 'vitest'
import { jsonBody, logsBody, metricsBody, spansBody } from '../../../../fixtures/otlp/json-parts.ts'
import { OtlpDecodeError } from './decode-error.ts'
import { readLogsJson, readMetricsJson, readSpansJson } from './read-json.ts'

const span = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174', name: 'chat' }

describe('readSpansJson', () => {
  test('takes {} and null layers for an empty request', () => {
    const empty = {
      spans: [],
      rejected: [],
      rejectedCount: 0,
      tooManyCount: 0,
      droppedAttributes: 0,
      droppedParts: 0,
      warnings: [],
      lacksIds: false,
    }
    expect(readSpansJson(jsonBody({}))).toEqual(empty)
    expect(readSpansJson(jsonBody({ resourceSpans: null }))).toEqual(empty)
    expect(readSpansJson(jsonBody({ resourceSpans: [{ resource: null, scopeSpans: null }] }))).toEqual(empty)
    expect(readSpansJson(jsonBody({ resourceSpans: [{ scopeSpans: [{ scope: null, spans: null }] }] }))).toEqual(empty)
  })

  test('shares resource and scope between spans', () => {
    const [first, second] = readSpansJson(
      jsonBody({
        resourceSpans: [
          {
            scopeSpans: [
              {
                scope: {
                  name: 'lib',
                  version: '2',
                  attributes: [{ key: 'a', value: { intValue: 1 } }],
                  droppedAttributesCount: 3,
                },
                spans: [span, span],
                schemaUrl: 'scope-schema',
              },
            ],
            resource: {
              attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }],
              droppedAttributesCount: 1,
            },
            schemaUrl: 'resource-schema',
          },
        ],
      }),
    ).spans
    expect(first?.resource).toEqual({
      attributes: { 'service.name': 'shop' },
      droppedAttributesCount: 1,
      schemaUrl: 'resource-schema',
    })
    expect(first?.scope).toEqual({
      name: 'lib',
      version: '2',
      attributes: { a: 1 },
      droppedAttributesCount: 3,
      schemaUrl: 'scope-schema',
    })
    expect(second?.resource).toBe(first?.resource)
    expect(second?.scope).toBe(first?.scope)
  })

  test('ignores unknown keys at every level', () => {
    const body = jsonBody({
      futureField: 1,
      resourceSpans: [
        {
          instrumentationLibrarySpans: 'old',
          resource: { entityRefs: [] },
          scopeSpans: [{ scope: { kind: {} }, spans: [{ ...span, trace_id: 5, novelty: [] }] }],
        },
      ],
    })
    expect(readSpansJson(body)).toMatchObject({ spans: [{ name: 'chat' }], warnings: [] })
  })

  test('warns of snake_case, which is no spelling of OTLP', () => {
    expect(readSpansJson(jsonBody({ resource_spans: [{ scope_spans: [{ spans: [span] }] }] }))).toMatchObject({
      spans: [],
      rejectedCount: 0,
      warnings: ['resource_spans is not read: OTLP/JSON says resourceSpans'],
    })
    expect(readSpansJson(jsonBody({ resource_spans: [], resourceSpans: [] })).warnings).toEqual([])
  })

  test('rejects spans by their index over the whole request', () => {
    const request = readSpansJson(
      jsonBody({
        resourceSpans: [
          { scopeSpans: [{ spans: [span, { ...span, name: 5 }] }, { spans: [null] }] },
          { scopeSpans: [{ spans: [{ ...span, traceId: 'ab' }, span] }] },
        ],
      }),
    )
    expect(request.spans).toHaveLength(2)
    expect(request).toMatchObject({
      rejectedCount: 3,
      rejected: [
        { index: 1, reason: 'name: a text is needed, this is a number' },
        { index: 2, reason: 'an object is needed, this is null' },
        { index: 3, reason: 'the trace id is not 16 bytes (32 hex digits)' },
      ],
    })
  })

  test('says when no span has an id', () => {
    expect(readSpansJson(spansBody({ name: 'a' }, { traceId: '', spanId: null }))).toMatchObject({
      spans: [],
      lacksIds: true,
    })
    expect(readSpansJson(spansBody({ name: 'a' }, span))).toMatchObject({ rejectedCount: 1, lacksIds: false })
    expect(readSpansJson(spansBody({ ...span, spanId: 'ab' }))).toMatchObject({ rejectedCount: 1, lacksIds: false })
  })

  test('takes a byte order mark, and text that is not UTF-8 as U+FFFD', () => {
    const bytes = spansBody({ ...span, name: '\u00ff' })
    const broken = Uint8Array.from(bytes, (byte) => (byte === 0xc3 ? 0xff : byte))
    expect(readSpansJson(Uint8Array.from([0xef, 0xbb, 0xbf, ...broken])).spans[0]?.name).toBe('\ufffd\ufffd')
  })
})

describe('bodies that are no request', () => {
  test.each<[string, string, Partial<OtlpDecodeError>]>([
    ['nothing', '', { message: 'the body is empty; an empty request is {} in JSON' }],
    ['words', 'hello', { message: 'the body is not valid JSON' }],
    ['half a body', '{"resourceSpans":[{', { message: 'the body is not valid JSON from character 19 on' }],
    ['a list', '[]', { message: 'an object is needed, this is a list' }],
    ['null', 'null', { message: 'an object is needed, this is null' }],
    ['a text', '"resourceSpans"', { message: 'an object is needed, this is a text' }],
    [
      'an object for a list',
      '{"resourceSpans":{}}',
      { path: 'resourceSpans', message: 'resourceSpans: a list is needed, this is an object' },
    ],
    ['a text for a layer', '{"resourceSpans":[{},"x"]}', { path: 'resourceSpans[1]' }],
    ['a list for a resource', '{"resourceSpans":[{"resource":[]}]}', { path: 'resourceSpans[0].resource' }],
    [
      'a wrong value in a resource',
      '{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"intValue":true}}]}}]}',
      { path: 'resourceSpans[0].resource.attributes[0].value.intValue' },
    ],
    ['a number for a schema', '{"resourceSpans":[{"schemaUrl":1}]}', { path: 'resourceSpans[0].schemaUrl' }],
    ['null for a layer', '{"resourceSpans":[{"scopeSpans":[null]}]}', { path: 'resourceSpans[0].scopeSpans[0]' }],
    [
      'a number for a scope',
      '{"resourceSpans":[{"scopeSpans":[{"scope":{"name":1}}]}]}',
      { path: 'resourceSpans[0].scopeSpans[0].scope.name' },
    ],
    [
      'an object for spans',
      '{"resourceSpans":[{"scopeSpans":[{"spans":{}}]}]}',
      { path: 'resourceSpans[0].scopeSpans[0].spans' },
    ],
  ])('are refused with the place: %s', (_, body, error) => {
    expect(() => readSpansJson(jsonBody(body))).toThrow(OtlpDecodeError)
    expect(() => readSpansJson(jsonBody(body))).toThrow(expect.objectContaining(error))
  })

  test('nested 200,000 deep are read or refused, and nothing overflows', () => {
    const depth = 200_000
    const body = jsonBody(`{"resourceSpans":[],"x":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    expect(readSpansJson(body).spans).toEqual([])
    expect(() => readSpansJson(jsonBody('['.repeat(depth)))).toThrow(OtlpDecodeError)
  })

  test.each([
    ['logs', 'traces', readSpansJson, logsBody()],
    ['metrics', 'traces', readSpansJson, metricsBody()],
    ['traces', 'logs', readLogsJson, spansBody()],
    ['metrics', 'logs', readLogsJson, metricsBody()],
    ['traces', 'metrics', readMetricsJson, spansBody()],
    ['logs', 'metrics', readMetricsJson, logsBody()],
  ])('are refused when they hold %s on the path of %s', (likelySignal, _, read, body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ likelySignal }))
  })
})
