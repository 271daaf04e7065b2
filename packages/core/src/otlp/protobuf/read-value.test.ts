import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  bytesField,
  doubleField,
  hexField,
  keyValueField,
  messageField,
  requestOf,
  textField,
  varintField,
  type Part,
} from '../../../../../fixtures/otlp/wire-parts.ts'
import { defaultDecodeLimits } from '../allowance.ts'
import { cutMarker, type AttributeValue } from '../any-value.ts'
import { readSpansProtobuf } from '../read-protobuf.ts'
import type { DecodedSpan } from '../span-request.ts'

const traceId = '5b8efff798038103d269b633813fc60c'
const spanId = 'eee19b7ec3c1b174'
const ids: readonly Part[] = [hexField(1, traceId), hexField(2, spanId)]

function readSpan(...fields: readonly Part[]): DecodedSpan {
  const { spans, rejected } = readSpansProtobuf(requestOf([...ids, ...fields]))
  expect(rejected).toEqual([])
  expect(spans).toHaveLength(1)
  return spans[0]!
}

function readAttribute(...value: readonly Part[]): AttributeValue {
  return readSpan(keyValueField(9, 'key', ...value)).attributes.key
}

/** A value of a KeyValue: a list of one text. */
function list(text: string): Part {
  return messageField(2, messageField(5, messageField(1, textField(1, text))))
}

/** A value of a KeyValue: an object of one key. */
function object(key: string): Part {
  return messageField(2, messageField(6, keyValueField(1, key, varintField(3, 1))))
}

describe('attributes in protobuf', () => {
  test.each<[string, Part, AttributeValue]>([
    ['a text', textField(1, 'héllo 天気'), 'héllo 天気'],
    ['true', varintField(2, 1), true],
    ['false', varintField(2, 0), false],
    ['an int', varintField(3, 42), 42],
    ['a negative int', varintField(3, -42n), -42],
    ['an int beyond 2^53', varintField(3, 2n ** 53n + 1n), 2n ** 53n + 1n],
    ['a double', doubleField(4, 0.1), 0.1],
    ['NaN', doubleField(4, Number.NaN), undefined],
    ['infinity', doubleField(4, Number.NEGATIVE_INFINITY), undefined],
    ['no value', [], undefined],
    ['bytes', bytesField(7, [0, 255]), Uint8Array.of(0, 255)],
    ['an empty list', messageField(5), []],
    [
      'a list with a gap',
      messageField(5, messageField(1, varintField(3, 1)), messageField(1), messageField(1, textField(1, 'b'))),
      [1, undefined, 'b'],
    ],
    ['an object', messageField(6, keyValueField(1, 'a', varintField(3, 1)), keyValueField(1, 'b')), { a: 1 }],
  ])('reads %s', (_, part, expected) => {
    expect(readAttribute(part)).toEqual(expected)
  })

  test('leave out a key without a value', () => {
    const span = readSpan(
      keyValueField(9, 'a'),
      keyValueField(9, 'b', doubleField(4, Number.NaN)),
      messageField(9, textField(1, 'c')),
    )
    expect(Object.keys(span.attributes)).toEqual([])
  })

  test('keep the last of two under one key, even where it is no value', () => {
    const span = readSpan(
      keyValueField(9, 'a', varintField(3, 1)),
      keyValueField(9, 'b', varintField(3, 1)),
      keyValueField(9, 'a', textField(1, 'two')),
      keyValueField(9, 'b'),
    )
    expect(span.attributes).toEqual({ a: 'two' })
    expect('b' in span.attributes).toBe(false)
  })

  test('are safe with keys that mean something to a JavaScript object', () => {
    const inner = keyValueField(1, '__proto__', varintField(3, 2))
    const { attributes } = readSpan(
      keyValueField(9, '__proto__', messageField(6, inner)),
      keyValueField(9, 'constructor', varintField(3, 3)),
    )
    expect(Object.keys(attributes)).toEqual(['__proto__', 'constructor'])
    expect(Object.keys(attributes.__proto__ as object)).toEqual(['__proto__'])
    expect('toString' in attributes).toBe(false)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('are kept up to the limit, the rest is counted', () => {
    const fields = Array.from({ length: 5 }, (_, index) => keyValueField(9, `key${index}`, varintField(3, index)))
    const { spans } = readSpansProtobuf(requestOf([...ids, ...fields, varintField(10, 7)]), {
      ...defaultDecodeLimits,
      maxAttributes: 3,
    })
    expect(spans[0]).toMatchObject({ attributes: { key0: 0, key1: 1, key2: 2 }, droppedAttributesCount: 9 })
  })

  test.each([
    ['lists', 5, (inner: Part) => messageField(5, bytesField(1, inner))],
    ['objects', 6, (inner: Part) => messageField(6, messageField(1, textField(1, 'k'), bytesField(2, inner)))],
  ])('are cut where %s are nested deeper than 64', (_, __, wrap) => {
    const nested = (depth: number) => {
      let value: Part = textField(1, 'core')
      for (let level = 0; level < depth; level++) value = wrap(value)
      return JSON.stringify(readAttribute(value))
    }
    expect(nested(64)).toContain('core')
    expect(nested(65)).toContain(cutMarker)
    expect(nested(65)).not.toContain('core')
  })

  test('survive an object nested 10,000 deep', () => {
    // Each length is known only after what is inside it, so this is built from the inside out, back to front.
    let bytes: number[] = textField(1, 'core').toReversed()
    const prefix = (field: number) => {
      const header: number[] = [field * 8 + 2]
      let length = bytes.length
      for (; length > 0x7f; length = Math.floor(length / 128)) header.push((length % 128) | 0x80)
      header.push(length)
      bytes.push(...header.toReversed())
    }
    for (let level = 0; level < 10_000; level++) for (const field of [2, 1, 6]) prefix(field)
    const body = bodyOf(
      messageField(
        1,
        messageField(
          2,
          messageField(2, ...ids, messageField(9, textField(1, 'key'), bytesField(2, bytes.toReversed()))),
        ),
      ),
    )
    const { spans } = readSpansProtobuf(body)
    expect(spans).toHaveLength(1)
    bytes = []
    let value = spans[0]!.attributes.key
    let depth = 0
    for (; typeof value === 'object'; depth++) value = (value as Record<string, AttributeValue>)['']
    expect(value).toBe(cutMarker)
    expect(depth).toBe(64)
  })

  test('that come in parts are joined where they are lists or objects', () => {
    const { attributes } = readSpan(
      messageField(9, textField(1, 'list'), list('a'), list('b')),
      messageField(9, textField(1, 'object'), object('a'), object('b')),
      messageField(9, textField(1, 'changed'), list('a'), messageField(2, textField(1, 'text'))),
    )
    expect(attributes).toEqual({ list: ['a', 'b'], object: { a: 1, b: 1 }, changed: 'text' })
  })
})
