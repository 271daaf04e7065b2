/**
 * How long ago something was; a list says "ago" once, in its head. A time yet to come is `now`: clocks differ.
 *
 * `now` `12 s` `18 m` `2 h` `6 d`
 */
export function formatRelativeTime(atUs: number, nowUs: number): string {
  const seconds = Math.floor((nowUs - atUs) / 1_000_000)
  if (seconds < 10) return 'now'
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}
