import { createHash } from 'node:crypto'
import { cutText, maxNameCharacters } from '@tracellm/core'

const hashCharacters = 16

/** A name, which is for reading, in at most 200 characters: of a longer one the start. */
export function shortName(text: string): string {
  return text.length <= maxNameCharacters ? text : cutText(text, maxNameCharacters)
}

/**
 * An id, or a name that things are told apart by, in at most `maxCharacters` (200): of a longer one the start and 64 bits
 * of its hash, so that two that begin alike stay two. The same text gives the same, whoever asks.
 *
 * ```
 * a-very-long-id-…   →   a-very-lo…7f83b1657ff1fc53
 * ```
 */
export function shortId(text: string, maxCharacters = maxNameCharacters): string {
  if (text.length <= maxCharacters || cutText(text, maxCharacters) === text) return text
  const hash = createHash('sha256').update(text).digest('hex').slice(0, hashCharacters)
  return cutText(text, maxCharacters - hashCharacters) + hash
}
