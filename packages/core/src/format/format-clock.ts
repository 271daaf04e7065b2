export interface PlaceOptions {
  /** IANA name (that of the machine). */
  readonly timeZone?: string
}

/** The time of day to the millisecond, always 12 characters: `14:02:41.114`. */
export function formatClock(atUs: number, { timeZone }: PlaceOptions = {}): string {
  return partsAt(atUs, timeZone).clock
}

/**
 * A point in time for a person, to the second: `today 13:41:07`, `yesterday 11:42:00`, `21 Nov 13:41:07`, and with the
 * year where it is another one: `21 Nov 2025 13:41:07`.
 */
export function formatInstant(atUs: number, { nowUs, timeZone }: PlaceOptions & { readonly nowUs: number }): string {
  const at = partsAt(atUs, timeZone)
  const now = partsAt(nowUs, timeZone)
  const days = (now.dayMs - at.dayMs) / 86_400_000
  const time = at.clock.slice(0, 8)
  if (days === 0) return `today ${time}`
  if (days === 1) return `yesterday ${time}`
  return at.year === now.year ? `${at.day} ${at.month} ${time}` : `${at.day} ${at.month} ${at.year} ${time}`
}

interface LocalParts {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly clock: string
  /** The start of the day as if the place were at UTC: days are counted by these. */
  readonly dayMs: number
}

/** Making one costs fifty times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function partsAt(atUs: number, timeZone: string | undefined): LocalParts {
  let formatter = formatters.get(timeZone ?? '')
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hourCycle: 'h23',
    })
    formatters.set(timeZone ?? '', formatter)
  }
  const said = Object.fromEntries(formatter.formatToParts(atUs / 1000).map(({ type, value }) => [type, value]))
  const { year = '', month = '', hour, minute, second, fractionalSecond } = said
  const day = String(Number(said.day))
  return {
    year,
    month: months[Number(month) - 1] ?? month,
    day,
    clock: `${hour}:${minute}:${second}.${fractionalSecond}`,
    dayMs: Date.UTC(Number(year), Number(month) - 1, Number(day)),
  }
}

// English says "Sept", which is a character too many for a column.
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
