import { describe, expect, test } from 'vitest'
import { jsonBody, spansBody } from '../../../../../fixtures/otlp/json-parts.ts'
import { cutMarker, type AttributeValue } from '../any-value.ts'
import { readSpansJson } from '../read-json.ts'
import type { SpanRequest } from '../span-request.ts'

const ids = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }

function readValue(value: unknown): AttributeValue {
  const { spans, rejected } = readSpansJson(spansBody({ ...ids, attributes: [{ key: 'key', value }] }))
  expect(rejected).toEqual([])
  return spans[0]!.attributes.key
}

/** The value as it stands in JSON text, which has more numbers than JSON.stringify writes. */
function readValueText(text: string): SpanRequest {
  const span = `{"traceId":"${ids.traceId}","spanId":"${ids.spanId}","attributes":[{"key":"key","value":${text}}]}`
  return readSpansJson(jsonBody(`{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}`))
}

describe('attributes in JSON', () => {
  test.each<[string, unknown, AttributeValue]>([
    ['a text', { stringValue: 'héllo 天気' }, 'héllo 天気'],
    ['an empty text', { stringValue: '' }, ''],
    ['true', { boolValue: true }, true],
    ['false', { boolValue: false }, false],
    ['an int as text', { intValue: '42' }, 42],
    ['an int as number', { intValue: 42 }, 42],
    ['a negative int', { intValue: '-42' }, -42],
    ['the last exact int', { intValue: '9007199254740991' }, Number.MAX_SAFE_INTEGER],
    ['an int beyond 2^53', { intValue: '9007199254740993' }, 9_007_199_254_740_993n],
    ['the smallest int', { intValue: '-9223372036854775808' }, -(2n ** 63n)],
    ['a double', { doubleValue: 0.1 }, 0.1],
    ['a whole double', { doubleValue: 4 }, 4],
    ['a double as text', { doubleValue: '1.5e3' }, 1500],
    ['NaN', { doubleValue: 'NaN' }, undefined],
    ['infinity', { doubleValue: 'Infinity' }, undefined],
    ['minus infinity', { doubleValue: '-Infinity' }, undefined],
    ['what JSON makes of NaN', { doubleValue: Number.NaN }, undefined],
    ['no value', {}, undefined],
    ['null', null, undefined],
    ['an unknown kind of value', { stringValueStrindex: 7 }, undefined],
    ['bytes', { bytesValue: 'AP8=' }, Uint8Array.of(0, 255)],
    ['bytes without padding', { bytesValue: 'AP8' }, Uint8Array.of(0, 255)],
    ["bytes in the URL's alphabet", { bytesValue: '-_8=' }, Uint8Array.of(0xfb, 0xff)],
    ['an empty list', { arrayValue: {} }, []],
    [
      'a list with gaps',
      { arrayValue: { values: [{ intValue: 1 }, {}, null, { doubleValue: 'NaN' }, { stringValue: 'b' }] } },
      [1, undefined, undefined, undefined, 'b'],
    ],
    ['an empty object', { kvlistValue: { values: [] } }, {}],
    [
      'an object',
      { kvlistValue: { values: [{ key: 'a', value: { intValue: 1 } }, { key: 'b' }, { key: 'c', value: null }] } },
      { a: 1 },
    ],
  ])('reads %s', (_, value, expected) => {
    expect(readValue(value)).toEqual(expected)
  })

  test('a number beyond 2^53 is the one JSON has made of it', () => {
    expect(readValueText('{"intValue":9007199254740993}').spans[0]?.attributes.key).toBe(9_007_199_254_740_992n)
  })

  test.each([
    ['a number for a text', '{"stringValue":5}', 'stringValue: a text is needed, this is a number'],
    ['a text for a boolean', '{"boolValue":"true"}', 'boolValue: true or false is needed, this is a text'],
    ['a fraction for an int', '{"intValue":1.5}', 'intValue: a 64-bit integer is needed, this is a number'],
    ['words for an int', '{"intValue":"many"}', 'intValue: a 64-bit integer is needed, this is a text'],
    ['an int of 65 bits', '{"intValue":"9223372036854775808"}', 'intValue: a 64-bit integer is needed, this is a text'],
    ['1e300 for an int', '{"intValue":1e300}', 'intValue: a 64-bit integer is needed, this is a number'],
    ['words for a double', '{"doubleValue":"much"}', 'doubleValue: a number is needed, this is a text'],
    ['nothing for a double', '{"doubleValue":""}', 'doubleValue: a number is needed, this is a text'],
    ['no base64', '{"bytesValue":"*"}', 'bytesValue: base64 is needed, this is other text'],
    ['a list for a list value', '{"arrayValue":[]}', 'arrayValue: an object is needed, this is a list'],
    [
      'a text inside a list',
      '{"arrayValue":{"values":[{},"a"]}}',
      'arrayValue.values[1]: an object is needed, this is a text',
    ],
    [
      'a wrong value inside an object',
      '{"kvlistValue":{"values":[{"key":"a","value":{"intValue":{}}}]}}',
      'kvlistValue.values[0].value.intValue: a 64-bit integer is needed, this is an object',
    ],
  ])('reject a span with %s', (_, text, reason) => {
    expect(readValueText(text).rejected).toEqual([{ index: 0, reason: `attributes[0].value.${reason}` }])
  })

  test('keep the last of two under one key, even where it is no value', () => {
    const attributes = [
      { key: 'a', value: { intValue: 1 } },
      { key: 'b', value: { intValue: 1 } },
      { key: 'a', value: { stringValue: 'two' } },
      { key: 'b', value: {} },
    ]
    const { spans } = readSpansJson(spansBody({ ...ids, attributes }))
    expect(Object.entries(spans[0]!.attributes)).toEqual([['a', 'two']])
  })

  test('keep the last of two equal keys of JSON itself', () => {
    expect(readValueText('{"intValue":1,"intValue":2}').spans[0]?.attributes.key).toBe(2)
  })

  test('are safe with keys that mean something to a JavaScript object', () => {
    const inner = { kvlistValue: { values: [{ key: '__proto__', value: { boolValue: true } }] } }
    const { spans } = readSpansJson(
      spansBody({
        ...ids,
        attributes: [
          { key: '__proto__', value: inner },
          { key: 'constructor', value: inner },
        ],
      }),
    )
    const { attributes } = spans[0]!
    expect(Object.keys(attributes)).toEqual(['__proto__', 'constructor'])
    expect(Object.keys(attributes.__proto__ as object)).toEqual(['__proto__'])
    expect('toString' in attributes).toBe(false)
  })

  test('a __proto__ of JSON itself is an unknown key', () => {
    const text = '{"__proto__":{"stringValue":"polluted"},"intValue":1}'
    expect(readValueText(text).spans[0]?.attributes.key).toBe(1)
  })

  test.each([
    ['lists', '{"arrayValue":{"values":[', ']}}'],
    ['objects', '{"kvlistValue":{"values":[{"key":"k","value":', '}]}}'],
  ])('are cut where %s are nested deeper than 64', (_, open, close) => {
    const nested = (depth: number) => {
      const text = `${open.repeat(depth)}{"stringValue":"core"}${close.repeat(depth)}`
      return JSON.stringify(readValueText(text).spans[0]?.attributes.key)
    }
    expect(nested(64)).toContain('core')
    expect(nested(65)).toContain(cutMarker)
    expect(nested(65)).not.toContain('core')
    expect(nested(10_000)).toContain(cutMarker)
  })
})
