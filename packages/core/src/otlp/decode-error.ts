import type { Signal } from './request.ts'

/**
 * A body that is not the message it should be: not JSON, a wire error, a wrong type above the spans.
 * Nothing of it can be used; the answer is 400.
 */
export class OtlpDecodeError extends Error {
  override readonly name = 'OtlpDecodeError'
  /** What is wrong, without the place. */
  readonly reason: string
  /** Where in JSON: `resourceSpans[0].scopeSpans[1].spans[3].name`. */
  readonly path: string | undefined
  /** Where in protobuf: bytes from the start of the inflated body. */
  readonly offset: number | undefined
  /** What the body seems to hold instead of what its path says. */
  readonly likelySignal: Signal | undefined

  constructor(reason: string, place: { path?: string; offset?: number; likelySignal?: Signal } = {}) {
    const where = place.path ?? (place.offset === undefined ? '' : `byte ${place.offset}`)
    super(where === '' ? reason : `${where}: ${reason}`)
    this.reason = reason
    this.path = place.path
    this.offset = place.offset
    this.likelySignal = place.likelySignal
  }

  /** The same, seen from one level further out: `value` inside `attributes[3]`. */
  within(segment: string): OtlpDecodeError {
    const path = this.path === undefined ? segment : `${segment}.${this.path}`
    return new OtlpDecodeError(this.reason, { path, offset: this.offset, likelySignal: this.likelySignal })
  }

  /** The same, with a guess at what the body is. */
  guessing(likelySignal: Signal | undefined): OtlpDecodeError {
    return new OtlpDecodeError(this.reason, { path: this.path, offset: this.offset, likelySignal })
  }
}
