/** A whole number with separators: `1,204`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/**
 * A part of a whole, given as 0 to 1: one decimal under 10 %, none above. All and nothing are said only where they are
 * exact.
 *
 * `0%` `<0.1%` `1.1%` `71%` `>99%` `100%`
 */
export function formatShare(share: number): string {
  const percent = share * 100
  if (percent <= 0) return '0%'
  if (percent < 0.05) return '<0.1%'
  if (percent < 9.95) return `${percent.toFixed(1)}%`
  return percent >= 99.5 && percent < 100 ? '>99%' : `${Math.round(percent)}%`
}
