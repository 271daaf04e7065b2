/**
 * The wire's nanoseconds and our microseconds.
 *
 * Today's nanoseconds need 61 bits, a number holds 53: they are never one number here. What comes back may be beyond
 * the year 2255, where microseconds stop being exact: `usableTime` leaves that out.
 */

/** Whole microseconds, rounded down, of a 64-bit count of nanoseconds in two halves; `undefined` for 0, which means absent. */
export function microsOfHalves(high: number, low: number): number | undefined {
  if (high === 0 && low === 0) return undefined
  // 2^32 = 4,294,967 * 1000 + 296, and every product here is exact.
  return high * 4_294_967 + Math.floor((high * 296 + low) / 1000)
}

/** The same of decimal digits; `NaN` for any other text. */
export function microsOfDecimal(text: string): number | undefined {
  if (!/^\d{1,20}$/.test(text)) return Number.NaN
  const micros = Number(text.slice(0, -3))
  return micros === 0 && Number(text) === 0 ? undefined : micros
}

/** The same of a number in JSON; `NaN` for what is no count. */
export function microsOfNumber(nanoseconds: number): number | undefined {
  return nanoseconds >= 0 && Number.isInteger(nanoseconds) ? microsOfDecimal(String(BigInt(nanoseconds))) : Number.NaN
}

/** Nanoseconds. As 0 means absent, the first microsecond of 1970 is written as 1 ns, which reads as 0 µs again. */
export function nanosOfMicros(micros: number | undefined): bigint | undefined {
  if (micros === undefined) return undefined
  return micros === 0 ? 1n : BigInt(micros) * 1000n
}

/** A time, or nothing where it is too far away to be kept exactly. */
export function usableTime(micros: number | undefined): number | undefined {
  return micros === undefined || micros <= Number.MAX_SAFE_INTEGER ? micros : undefined
}

/** What is wrong with the time of a record; `undefined` when it can be used. */
export function timeFault(name: string, micros: number | undefined): string | undefined {
  return usableTime(micros) === micros ? undefined : `the ${name} is after the year 2255`
}
