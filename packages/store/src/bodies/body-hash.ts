import { hash as digest } from 'node:crypto'

/**
 * The first 16 bytes of a SHA-256, as 16 characters of one byte each: half the size of hex, and a key of a `Map`
 * that needs no decoding.
 */
export type BodyHash = string & { readonly [brand]: 'BodyHash' }
declare const brand: unique symbol

const hashLength = 16

/** The hash of a body's canonical text, or of its UTF-8. */
export function bodyHash(text: string | Uint8Array): BodyHash {
  // Asking for `binary` (latin1) is the quickest way to the bytes: no Buffer is made.
  return digest('sha256', text, 'binary').slice(0, hashLength) as BodyHash
}

/** As people and JSON see it: 32 hex characters. */
export function hexOfHash(hash: BodyHash): string {
  return Buffer.from(hash, 'latin1').toString('hex')
}

/** The bytes of many hashes, as the store keeps them, and back. */
export function bytesOfHashes(hashes: readonly BodyHash[]): Uint8Array {
  return Buffer.from(hashes.join(''), 'binary')
}

export function hashesOfBytes(bytes: Uint8Array): BodyHash[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('binary')
  return Array.from({ length: text.length / hashLength }, (_, index) => hashAt(text, index))
}

/** The hash at a place in a text of joined hashes. */
export function hashAt(joined: string, index: number): BodyHash {
  return joined.slice(index * hashLength, (index + 1) * hashLength) as BodyHash
}

/** 53 bits of a hash of the text, as a whole number: by it a log record is known among all of its project. */
export function digestOf(text: string): number {
  const bytes = digest('sha256', text, 'binary')
  let number = 0
  for (let index = 0; index < 6; index++) number = number * 256 + bytes.charCodeAt(index)
  return number * 32 + (bytes.charCodeAt(6) & 31)
}

/**
 * The first 47 bits of the same, which a row keeps in 6 bytes instead of 8: enough to tell the versions of one span apart,
 * and the calls of one project.
 */
export function shortDigestOf(text: string): number {
  return Math.floor(digestOf(text) / 64)
}
