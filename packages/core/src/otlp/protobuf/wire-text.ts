/**
 * UTF-8 to text, fast for what telemetry is full of.
 *
 * Keys, models and names come again and again: ASCII of at most 48 bytes is looked up in a table by its hash, so that
 * one string serves all. The table has a fixed size and a newcomer takes the place of whoever was there, so nothing
 * grows. Bytes are hashed and compared four at a time. Longer text goes to the platform's decoder, which beats any loop
 * from there on.
 */

const longestKept = 48
const wordsPerSlot = longestKept / 4
const slotCount = 4096

const keptTexts: string[] = new Array<string>(slotCount).fill('')
const keptWords = new Int32Array(slotCount * wordsPerSlot)
const words = new Int32Array(wordsPerSlot)

// Invalid UTF-8 becomes U+FFFD, and a byte order mark inside a message is text like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export function readText(bytes: Uint8Array, view: DataView, start: number, end: number): string {
  const length = end - start
  if (length > longestKept) return decoder.decode(bytes.subarray(start, end))
  let hash = length
  let seen = 0
  let count = 0
  let at = start
  for (; at + 4 <= end; at += 4) {
    const word = view.getInt32(at, true)
    words[count++] = word
    seen |= word
    hash = Math.imul(hash ^ word, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  if (at < end) {
    let word = 0
    for (; at < end; at++) word = (word << 8) | bytes[at]!
    words[count++] = word
    seen |= word
    hash = Math.imul(hash ^ word, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  if ((seen & 0x80808080) !== 0) return decoder.decode(bytes.subarray(start, end))
  const slot = hash & (slotCount - 1)
  const kept = keptTexts[slot]!
  if (kept.length === length && isKept(slot * wordsPerSlot, count)) return kept
  for (let index = 0; index < count; index++) keptWords[slot * wordsPerSlot + index] = words[index]!
  return (keptTexts[slot] = String.fromCharCode.apply(undefined, bytes.subarray(start, end) as unknown as number[]))
}

function isKept(from: number, count: number): boolean {
  for (let index = 0; index < count; index++) {
    if (keptWords[from + index] !== words[index]) return false
  }
  return true
}
