/**
 * A size in bytes, in steps of a thousand: one decimal under ten, none above.
 *
 * `812 B` `2.1 kB` `131 kB` `1.2 GB`
 */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`
  let size = bytes / 1000
  let unit = 0
  // 999.6 kB would be written 1000 kB.
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`
}

const units = ['kB', 'MB', 'GB', 'TB']
