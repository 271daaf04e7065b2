import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  bytesField,
  doubleField,
  fixed32Field,
  fixed64Field,
  hexField,
  messageField,
  textField,
  varintField,
} from '../../../../../fixtures/otlp/wire-parts.ts'
import { WireWriter } from './wire-writer.ts'

function written(write: (writer: WireWriter) => void): Uint8Array {
  const writer = new WireWriter()
  write(writer)
  return writer.finish()
}

describe('WireWriter', () => {
  test('writes each kind of field', () => {
    const bytes = written((writer) => {
      writer.text(1, 'a')
      writer.bytes(2, Uint8Array.of(1, 2))
      writer.id(3, '00ff')
      writer.count(4, 300)
      writer.int64(5, -1)
      writer.int64(6, 2n ** 60n)
      writer.double(7, 0.1)
      writer.fixed32(16, 0xffff_ffff)
      writer.fixed64(17, 2n ** 63n)
    })
    expect(bytes).toEqual(
      bodyOf(
        textField(1, 'a'),
        bytesField(2, [1, 2]),
        hexField(3, '00ff'),
        varintField(4, 300),
        varintField(5, -1n),
        varintField(6, 2n ** 60n),
        doubleField(7, 0.1),
        fixed32Field(16, 0xffff_ffff),
        fixed64Field(17, 2n ** 63n),
      ),
    )
  })

  test('leaves out what is undefined', () => {
    const bytes = written((writer) => {
      writer.text(1, undefined)
      writer.id(2, undefined)
      writer.count(3, undefined)
      writer.fixed32(4, undefined)
      writer.fixed64(5, undefined)
    })
    expect(bytes).toHaveLength(0)
  })

  test.each([0, 1, 127, 128, 129, 16_383, 16_384, 3_000_000])(
    'writes a message of %d bytes inside another',
    (length) => {
      const content = new Uint8Array(length).fill(7)
      const bytes = written((writer) => {
        writer.message(1, () => writer.message(2, () => writer.bytes(3, content)))
        writer.count(4, 5)
      })
      const inner = written((writer) => writer.bytes(3, content))
      const middle = written((writer) => writer.bytes(2, inner))
      const expected = written((writer) => {
        writer.bytes(1, middle)
        writer.count(4, 5)
      })
      expect(bytes).toEqual(expected)
    },
  )

  test('writes any text as UTF-8, lone surrogates as U+FFFD', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 120 }),
        (text) => {
          const bytes = written((writer) => writer.message(1, () => writer.text(2, text)))
          expect(bytes).toEqual(bodyOf(messageField(1, textField(2, text))))
        },
      ),
    )
  })
})
