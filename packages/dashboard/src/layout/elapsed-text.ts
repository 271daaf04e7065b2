import { formatMilliseconds } from '@tracellm/core/format'

/** How long something has been going on: in whole seconds, since nobody can read tenths that change. */
export function elapsedText(elapsedMs: number): string {
  const seconds = Math.floor(Math.max(0, elapsedMs) / 1000)
  return seconds < 60 ? `${seconds} s` : formatMilliseconds(seconds * 1000)
}
