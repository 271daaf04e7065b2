import { isoTime, parseIsoTime } from '@tracellm/core'
import { usage } from './parse-argv.ts'

const unitUs: Readonly<Record<string, number>> = {
  s: 1e6,
  m: 60e6,
  h: 3600e6,
  d: 86_400e6,
  w: 604_800e6,
}

/**
 * A time as people type it, as ISO 8601: an instant, a date (its midnight in UTC), or a span of time from now such as
 * `90d`, backwards for what is past and forwards for what is to come.
 * @throws TraceLLMError `TL_USAGE`.
 */
export function parseTime(
  text: string,
  option: { readonly flag: string; readonly command: string },
  { nowUs, direction }: { readonly nowUs: number; readonly direction: 'past' | 'future' },
): string {
  const [, digits, unit] = /^(\d{1,6}(?:\.\d{1,3})?)([smhdw])$/.exec(text) ?? []
  const instantUs =
    digits === undefined
      ? parseIsoTime(text)
      : Math.round(nowUs + (direction === 'past' ? -1 : 1) * Number(digits) * unitUs[unit!]!)
  if (instantUs !== undefined && instantUs >= 0) return isoTime(instantUs)
  throw usage(
    `--${option.flag} is "${text}", but takes a date (2026-11-23), a time (2026-11-23T14:02Z) or a span from now (2h).`,
    option.command,
  )
}
