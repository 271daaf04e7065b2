import { hash } from 'node:crypto'

/** A text for tests that packs to half its length and no further, always the same for the same number. */
export function noiseOf(number: number, characters: number): string {
  const hashes = Array.from({ length: Math.ceil(characters / 64) }, (_, at) => hash('sha256', `${number} ${at}`))
  return hashes.join('').slice(0, characters)
}
