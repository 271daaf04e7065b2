import { formatInstant } from '@tracellm/core/format'

/** When the server was last heard, with the day where that is not today: a page may be left open over night. */
export function heardText(heardMs: number, nowMs: number): string {
  return formatInstant(heardMs * 1000, { nowUs: nowMs * 1000 }).replace(/^today /, '')
}
