import { narrowInteger } from '../any-value.ts'
import { OtlpDecodeError } from '../decode-error.ts'
import { microsOfHalves } from '../nanoseconds.ts'
import { malformedId, type IdText } from '../record-ids.ts'
import { readText } from './wire-text.ts'

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * Protobuf's wire format, read forwards from one buffer.
 *
 * A message is read by looping while `position < end`, taking a `tag()` and then what it announces, and calling
 * `finish(end)`: that is where a value that ran over the message's end is noticed. A tag is the field number and the
 * wire type in one number, as on the wire, so a known field of another wire type falls to `skip` like an unknown one.
 * Source: protobuf.dev, "Encoding".
 */
export class WireReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  tag(): number {
    const tag = this.varint()
    if (tag < 8 || tag > 0xffff_ffff) throw this.#error('not a field number')
    return tag
  }

  /** Steps over the value that the tag announces. */
  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.varint()
        break
      case 1:
        this.#take(8)
        break
      case 2:
        this.#stepOver(this.#bytes.length)
        break
      case 5:
        this.#take(4)
        break
      default:
        throw this.#error(`wire type ${tag & 7}, which OTLP never uses`)
    }
  }

  /** Reads the length of a message or text and gives where it ends. */
  nestedEnd(end: number): number {
    const length = this.varint()
    const nestedEnd = this.position + length
    if (nestedEnd > end) throw this.#error(`a length of ${length}, ${nestedEnd - end} bytes too many`)
    return nestedEnd
  }

  /** Says that a message is over. */
  finish(end: number): void {
    if (this.position !== end) throw this.#error('a value goes beyond the end of its message')
  }

  /** An unsigned number; above 2^53 only its size is right. */
  varint(): number {
    let value = 0
    let factor = 1
    for (let index = 0; index < 10; index++) {
      const byte = this.#bytes[this.position++]
      if (byte === undefined) throw this.#error('the end in the middle of a number')
      if (byte < 0x80) return value + byte * factor
      value += (byte - 0x80) * factor
      factor *= 128
    }
    throw this.#error('a number of more than 10 bytes')
  }

  /** A count; as a uint32 cannot be larger, what is larger counts as that. */
  count(): number {
    return Math.min(this.varint(), 0xffff_ffff)
  }

  /** A signed 64-bit number, exact. */
  int64(): number | bigint {
    const start = this.position
    const value = this.varint()
    if (this.position - start < 8) return value
    let exact = 0n
    for (let at = this.position - 1; at >= start; at--) exact = (exact << 7n) | BigInt(this.#bytes[at]! & 0x7f)
    return narrowInteger(BigInt.asIntN(64, exact))
  }

  /** A signed 64-bit number of eight bytes, exact. */
  fixedInt64(): number | bigint {
    return narrowInteger(this.#view.getBigInt64(this.#take(8), true))
  }

  /** An unsigned 64-bit number of eight bytes; above 2^53 only its size is right. */
  fixedCount(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true))
  }

  fixed32(): number {
    return this.#view.getUint32(this.#take(4), true)
  }

  double(): number {
    return this.#view.getFloat64(this.#take(8), true)
  }

  /** Nanoseconds as whole microseconds, see `nanoseconds.ts`. */
  micros(): number | undefined {
    const at = this.#take(8)
    return microsOfHalves(this.#view.getUint32(at + 4, true), this.#view.getUint32(at, true))
  }

  text(end: number): string {
    const start = this.#stepOver(end)
    return readText(this.#bytes, this.#view, start, this.position)
  }

  /** The same where text may be missing: an empty one says no more than that. */
  optionalText(end: number): string | undefined {
    const text = this.text(end)
    return text === '' ? undefined : text
  }

  /** A copy: a view would keep the whole request in memory. (`slice` of Node's Buffer gives a view.) */
  bytes(end: number): Uint8Array {
    const start = this.#stepOver(end)
    return new Uint8Array(this.#bytes.subarray(start, this.position))
  }

  /** An id of so many bytes. */
  id(end: number, byteCount: number): IdText {
    const start = this.#stepOver(end)
    if (this.position === start) return ''
    if (this.position - start !== byteCount) return malformedId
    let hex = ''
    for (let at = start; at < this.position; at++) hex += hexOfByte[this.#bytes[at]!]
    return hex
  }

  /** Steps over a text or id and gives where it starts. */
  #stepOver(end: number): number {
    const textEnd = this.nestedEnd(end)
    const start = this.position
    this.position = textEnd
    return start
  }

  /** Steps over so many bytes and gives where they start. */
  #take(byteCount: number): number {
    const start = this.position
    this.position += byteCount
    if (this.position > this.#bytes.length) throw this.#error('the end in the middle of a number')
    return start
  }

  #error(reason: string): OtlpDecodeError {
    return new OtlpDecodeError(reason, { offset: Math.min(this.position, this.#bytes.length) })
  }
}

/** Goes through a message and hands over the end of every nested one that has this tag. */
export function forEachNested(reader: WireReader, end: number, wanted: number, read: (end: number) => void): void {
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === wanted) read(reader.nestedEnd(end))
    else reader.skip(tag)
  }
  reader.finish(end)
}
