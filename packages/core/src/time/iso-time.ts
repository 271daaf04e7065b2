import { isInstantUs } from '../span/largest-figures.ts'

/**
 * An instant as ISO 8601 in UTC. Always six digits of a second, so that texts sort as their instants do.
 * Source: RFC 3339.
 */
export function isoTime(us: number): string {
  const ms = Math.floor(us / 1000)
  const toTheMillisecond = new Date(ms).toISOString().slice(0, -1)
  return `${toTheMillisecond}${String(us - ms * 1000).padStart(3, '0')}Z`
}

/**
 * The instant of an ISO 8601 text in microseconds since the epoch; finer digits are dropped. A date alone is its
 * midnight in UTC; a time needs `Z` or an offset, because without one it names no instant.
 * @returns `undefined` for any other text, for days that no calendar has, and outside of the years 1970 to 2255, where
 * microseconds are not exact.
 */
export function parseIsoTime(text: string): number | undefined {
  const [, date = '', time = '00:00:00', fraction = '', zone = 'Z'] = isoPattern.exec(text) ?? []
  const ms = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}${zone}`)
  if (Number.isNaN(ms) || !isCalendarDay(date)) return undefined
  const us = ms * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
  return isInstantUs(us) ? us : undefined
}

const isoPattern = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d))?$/

/** `Date.parse` takes the 31st of any month, and means the first of the next. */
function isCalendarDay(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
}
