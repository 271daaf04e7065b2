import { OtlpDecodeError } from '../decode-error.ts'

/** Base64 in its own alphabet, padded. */
export function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Base64 in its own or in the URL's alphabet, padded or not. */
export function bytesOfBase64(text: string): Uint8Array {
  let binary: string
  try {
    binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    throw new OtlpDecodeError('base64 is needed, this is other text')
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
