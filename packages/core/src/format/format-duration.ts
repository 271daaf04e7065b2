/**
 * How long something took, in at most 9 characters: whole milliseconds, seconds to three figures, from a minute on two
 * units, and one for what took so long that a clock must have been wrong.
 *
 * `<1 ms` `46 ms` `8.45 s` `18.8 s` `6 m 29 s` `1 h 12 m` `2 d 03 h` `412 d` `285 y`
 */
export function formatDuration(durationUs: number): string {
  // Rounding may reach the next unit: 999.6 ms is a second, 59.96 s is a minute.
  const ms = Math.round(durationUs / 1000)
  if (durationUs < 1000) return '<1 ms'
  if (ms < 1000) return `${ms} ms`
  if (durationUs < 9_995_000) return `${(durationUs / 1_000_000).toFixed(2)} s`
  if (durationUs < 59_950_000) return `${(durationUs / 1_000_000).toFixed(1)} s`
  return twoUnits(Math.round(durationUs / 1_000_000))
}

/** The same of milliseconds, as the API gives latencies. */
export function formatMilliseconds(durationMs: number): string {
  return formatDuration(durationMs * 1000)
}

function twoUnits(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} m ${padded(seconds % 60)} s`
  const wholeMinutes = Math.round(seconds / 60)
  const hours = Math.floor(wholeMinutes / 60)
  if (hours < 24) return `${hours} h ${padded(wholeMinutes % 60)} m`
  const wholeHours = Math.round(seconds / 3600)
  const days = Math.floor(wholeHours / 24)
  if (days < 100) return `${days} d ${padded(wholeHours % 24)} h`
  const wholeDays = Math.round(seconds / 86_400)
  return wholeDays < 1000 ? `${wholeDays} d` : `${Math.round(wholeDays / 365.25)} y`
}

function padded(count: number): string {
  return String(count).padStart(2, '0')
}
