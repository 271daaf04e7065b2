import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  bytesField,
  doubleField,
  fixed64Field,
  varint,
  varintField,
} from '../../../../../fixtures/otlp/wire-parts.ts'
import { OtlpDecodeError } from '../decode-error.ts'
import { malformedId } from '../record-ids.ts'
import { forEachNested, WireReader } from './wire-reader.ts'

/** The number 5 in so many bytes. */
function paddedFive(byteCount: number): Uint8Array {
  return Uint8Array.from([0x85, ...new Array<number>(byteCount - 2).fill(0x80), 0x00])
}

function readId(bytes: readonly number[]): string {
  const body = bodyOf(bytesField(1, bytes).slice(1))
  return new WireReader(body).id(body.length, 4)
}

function nestedLengths(body: Uint8Array, end = body.length): number[] {
  const reader = new WireReader(body)
  const lengths: number[] = []
  forEachNested(reader, end, 0x0a, (nestedEnd) => {
    lengths.push(nestedEnd - reader.position)
    reader.position = nestedEnd
  })
  return lengths
}

describe('varint', () => {
  test('reads numbers of every length', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(new WireReader(bodyOf(varint(value))).varint()).toBe(value)
      }),
    )
  })

  test('takes padding up to ten bytes, and no more', () => {
    expect(new WireReader(paddedFive(10)).varint()).toBe(5)
    expect(() => new WireReader(paddedFive(11)).varint()).toThrow('byte 10: a number of more than 10 bytes')
  })

  test('notices the end', () => {
    expect(() => new WireReader(Uint8Array.of(0x80)).varint()).toThrow(OtlpDecodeError)
    expect(() => new WireReader(Uint8Array.of()).varint()).toThrow(OtlpDecodeError)
  })
})

describe('int64', () => {
  test('is exact over the whole range, a number where one can hold it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const read = new WireReader(bodyOf(varint(value))).int64()
        expect(BigInt(read)).toBe(value)
        expect(typeof read).toBe(Number.isSafeInteger(Number(value)) ? 'number' : 'bigint')
      }),
    )
  })

  test.each([
    [0, 0],
    [-1, -1],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
    [2n ** 53n, 2n ** 53n],
    [-(2n ** 63n), -(2n ** 63n)],
  ])('reads %s', (value, expected) => {
    expect(new WireReader(bodyOf(varint(value))).int64()).toBe(expected)
  })
})

describe('count', () => {
  test('is a uint32 at most', () => {
    expect(new WireReader(bodyOf(varint(2n ** 40n))).count()).toBe(0xffff_ffff)
  })
})

describe('fixed numbers', () => {
  test('are read whole or not at all', () => {
    expect(new WireReader(bodyOf(fixed64Field(0, -5n).slice(1))).fixedInt64()).toBe(-5)
    expect(new WireReader(bodyOf(fixed64Field(0, 2n ** 60n + 1n).slice(1))).fixedInt64()).toBe(2n ** 60n + 1n)
    expect(new WireReader(bodyOf(doubleField(0, -0.1).slice(1))).double()).toBe(-0.1)
    expect(() => new WireReader(new Uint8Array(7)).double()).toThrow(OtlpDecodeError)
    expect(() => new WireReader(new Uint8Array(7)).micros()).toThrow(OtlpDecodeError)
    expect(() => new WireReader(new Uint8Array(3)).fixed32()).toThrow(OtlpDecodeError)
  })
})

describe('id', () => {
  test('is lower-case hex', () => {
    expect(readId([0x00, 0xab, 0x0c, 0xff])).toBe('00ab0cff')
  })

  test('says when there is none, or one of another length', () => {
    expect(readId([])).toBe('')
    expect(readId([1, 2, 3])).toBe(malformedId)
    expect(readId([1, 2, 3, 4, 5])).toBe(malformedId)
  })
})

describe('bytes', () => {
  test('copies, so that the request can go', () => {
    const body = bodyOf(bytesField(1, [1, 2, 3]).slice(1))
    const bytes = new WireReader(body).bytes(body.length)
    expect(bytes).toEqual(Uint8Array.of(1, 2, 3))
    expect(bytes.buffer.byteLength).toBe(3)
  })

  test("copies out of Node's Buffer too", () => {
    const body = Buffer.from(bodyOf(bytesField(1, [1, 2, 3]).slice(1)))
    const bytes = new WireReader(body).bytes(body.length)
    body.fill(0)
    expect(bytes).toEqual(Uint8Array.of(1, 2, 3))
  })

  test('reads a view that begins in the middle of its buffer', () => {
    const body = bodyOf([0xff, 0xff], bytesField(1, [7]).slice(1), fixed64Field(0, 1_000n).slice(1)).subarray(2)
    const reader = new WireReader(body)
    expect(reader.bytes(body.length)).toEqual(Uint8Array.of(7))
    expect(reader.micros()).toBe(1)
  })
})

describe('tag', () => {
  test('refuses the field number 0 and one beyond 32 bits', () => {
    expect(() => new WireReader(Uint8Array.of(0x02)).tag()).toThrow('not a field number')
    expect(() => new WireReader(bodyOf(varint(2n ** 35n))).tag()).toThrow('not a field number')
  })
})

describe('skip', () => {
  test.each([
    ['a varint', varintField(9, 2n ** 63n)],
    ['eight bytes', fixed64Field(9, 1n)],
    ['a length', bytesField(9, [1, 2, 3])],
    ['four bytes', [0x4d, 1, 2, 3, 4]],
  ])('steps over %s', (_, field) => {
    const reader = new WireReader(bodyOf(field))
    reader.skip(reader.tag())
    expect(reader.position).toBe(field.length)
  })

  test.each([3, 4, 6, 7])('refuses wire type %d', (wireType) => {
    const reader = new WireReader(Uint8Array.of(0x48 | wireType, 0, 0, 0, 0))
    const tag = reader.tag()
    expect(() => reader.skip(tag)).toThrow(`wire type ${wireType}, which OTLP never uses`)
  })

  test('refuses a length beyond the buffer', () => {
    const reader = new WireReader(Uint8Array.of(0x4a, 5, 1, 2))
    const tag = reader.tag()
    expect(() => reader.skip(tag)).toThrow('a length of 5, 3 bytes too many')
  })
})

describe('forEachNested', () => {
  test('hands over the wanted field and steps over the others, whatever their wire type', () => {
    expect(
      nestedLengths(bodyOf(bytesField(1, [1]), varintField(1, 5), bytesField(2, [1, 2]), bytesField(1, []))),
    ).toEqual([1, 0])
  })

  test('refuses a nested message that is longer than the one around it', () => {
    expect(() => nestedLengths(bodyOf(bytesField(1, [1, 2, 3]), [0, 0]), 4)).toThrow('a length of 3, 1 bytes too many')
  })

  test('refuses a value that runs over the end of its message', () => {
    expect(() => nestedLengths(bodyOf(fixed64Field(3, 1n), [0, 0]), 5)).toThrow(
      'a value goes beyond the end of its message',
    )
  })
})
