/**
 * How long ago something was, in at most 8 characters; a list says "ago" once, in its head. What is yet to come is told
 * as such, from a minute on: clocks differ.
 *
 * `now` `12 s` `18 m` `2 h` `6 d` `56 y`, and `in 2 h`
 */
export function formatRelativeTime(atUs: number, nowUs: number): string {
  const seconds = Math.floor((nowUs - atUs) / 1_000_000)
  if (seconds < -60) return `in ${inOneUnit(-seconds)}`
  return seconds < 10 ? 'now' : inOneUnit(seconds)
}

function inOneUnit(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  const days = Math.floor(seconds / 86_400)
  return days < 1000 ? `${days} d` : `${Math.floor(days / 365.25)} y`
}
