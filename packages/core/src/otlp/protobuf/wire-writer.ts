/**
 * Protobuf's wire format, written forwards into one growing buffer.
 *
 * A field that has its default value (0, no text) is left out where the caller says `undefined`. A nested message gets
 * one byte for its length, and what it wrote moves on when that turns out too little.
 * Source: protobuf.dev, "Encoding".
 */
export class WireWriter {
  #bytes = new Uint8Array(1024)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  /** What was written, in an array of its own. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  message(field: number, write: () => void): void {
    this.#tag(field, 2)
    const lengthAt = this.#reserve(1)
    const start = this.#length
    write()
    const length = this.#length - start
    const extra = varintSize(length) - 1
    if (extra > 0) {
      this.#reserve(extra)
      this.#bytes.copyWithin(start + extra, start, start + length)
    }
    this.#putVarint(lengthAt, length)
  }

  text(field: number, text: string | undefined): void {
    if (text === undefined) return
    this.#tag(field, 2)
    if (text.length > longestLooped || !this.#shortAscii(text)) this.#sized(encoder.encode(text))
  }

  bytes(field: number, bytes: Uint8Array): void {
    this.#tag(field, 2)
    this.#sized(bytes)
  }

  /** An id in hex, of which two digits are a byte. */
  id(field: number, hex: string | undefined): void {
    if (hex === undefined) return
    this.#tag(field, 2)
    this.#varint(hex.length / 2)
    for (let index = 0; index < hex.length; index += 2) {
      this.#byte(Number.parseInt(hex.slice(index, index + 2), 16))
    }
  }

  /** An unsigned number that a number holds exactly. */
  count(field: number, value: number | undefined): void {
    if (value === undefined) return
    this.#tag(field, 0)
    this.#varint(value)
  }

  /** A signed 64-bit number. */
  int64(field: number, value: number | bigint): void {
    this.#tag(field, 0)
    if (typeof value === 'number' && value >= 0) return this.#varint(value)
    let rest = BigInt.asUintN(64, BigInt(value))
    for (; rest > 0x7fn; rest >>= 7n) this.#byte(Number(rest & 0x7fn) | 0x80)
    this.#byte(Number(rest))
  }

  double(field: number, value: number): void {
    this.#tag(field, 1)
    const at = this.#reserve(8)
    this.#view.setFloat64(at, value, true)
  }

  fixed32(field: number, value: number | undefined): void {
    if (value === undefined) return
    this.#tag(field, 5)
    const at = this.#reserve(4)
    this.#view.setUint32(at, value, true)
  }

  fixed64(field: number, value: bigint | undefined): void {
    if (value === undefined) return
    this.#tag(field, 1)
    const at = this.#reserve(8)
    this.#view.setBigUint64(at, value, true)
  }

  /** Writes length and text where all of it is ASCII, else nothing. A call of the platform's encoder costs more. */
  #shortAscii(text: string): boolean {
    const start = this.#reserve(1 + text.length)
    this.#bytes[start] = text.length
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index)
      if (unit > 0x7f) {
        this.#length = start
        return false
      }
      this.#bytes[start + 1 + index] = unit
    }
    return true
  }

  #sized(bytes: Uint8Array): void {
    this.#varint(bytes.length)
    const at = this.#reserve(bytes.length)
    this.#bytes.set(bytes, at)
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType)
  }

  #byte(byte: number): void {
    const at = this.#reserve(1)
    this.#bytes[at] = byte
  }

  #varint(value: number): void {
    const at = this.#reserve(varintSize(value))
    this.#putVarint(at, value)
  }

  #putVarint(at: number, value: number): void {
    let rest = value
    let next = at
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) this.#bytes[next++] = (rest % 128) | 0x80
    this.#bytes[next] = rest
  }

  /** Makes room for so many bytes at the end and gives where it starts. The buffer may be another one afterwards. */
  #reserve(byteCount: number): number {
    const start = this.#length
    this.#length += byteCount
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2))
      larger.set(this.#bytes)
      this.#bytes = larger
      this.#view = new DataView(larger.buffer)
    }
    return start
  }
}

const encoder = new TextEncoder()

/** Its length fits in one byte. */
const longestLooped = 96

function varintSize(value: number): number {
  let size = 1
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size++
  return size
}
