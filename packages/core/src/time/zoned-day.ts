const dayMs = 86_400_000

/**
 * The starts of days as a place's clocks show them, from the day that holds `fromUs` up to `toUs` (exclusive), each
 * `stepDays` after the one before. Where clocks skip midnight a day starts when they go on.
 * @param timeZone an IANA name.
 * @throws RangeError for a time zone that nobody knows.
 */
export function zonedDayStarts(fromUs: number, toUs: number, timeZone: string, stepDays = 1): number[] {
  const clock = clockOf(timeZone)
  const starts: number[] = []
  for (let dayAsUtcMs = floorToDay(clock(fromUs / 1000)); ; dayAsUtcMs += stepDays * dayMs) {
    const startUs = midnightMs(dayAsUtcMs, clock) * 1000
    if (startUs >= toUs) return starts
    starts.push(startUs)
  }
}

/** What the clocks of a place show at an instant, as if it were UTC. */
type Clock = (instantMs: number) => number

function clockOf(timeZone: string): Clock {
  if (timeZone === 'UTC') return (instantMs) => instantMs
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (instantMs) => {
    const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
    for (const { type, value } of format.formatToParts(instantMs)) shown[type] = Number(value)
    return Date.UTC(shown.year!, shown.month! - 1, shown.day, shown.hour, shown.minute, shown.second)
  }
}

/** The instant when a place's clocks begin the day that begins at `dayAsUtcMs` in UTC. */
function midnightMs(dayAsUtcMs: number, clock: Clock): number {
  const offsetMs = (instantMs: number): number => clock(instantMs) - instantMs
  const beforeMs = dayAsUtcMs - offsetMs(dayAsUtcMs - dayMs)
  const afterMs = dayAsUtcMs - offsetMs(dayAsUtcMs + dayMs)
  const showMidnight = [beforeMs, afterMs].filter((instantMs) => clock(instantMs) === dayAsUtcMs)
  // Where clocks go forward at midnight it is never shown: the day begins with the change, by the clock before it.
  return showMidnight.length === 0 ? beforeMs : Math.min(...showMidnight)
}

function floorToDay(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs
}
