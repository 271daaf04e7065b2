import { isoTime } from '@tracellm/core'
import { escapeText } from './screen/escape-text.ts'

const levels = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof levels)[number]

/** Takes a line for the operator, never contents of spans. */
export type Log = (level: LogLevel, text: string) => void

/** A log of lines such as `2026-11-23T14:02:41.114123Z warn The port 3000 is taken`, down to the level asked for. */
export function createLog(least: LogLevel, write: (line: string) => void, clock: () => number): Log {
  const shown = levels.slice(0, levels.indexOf(least) + 1)
  return (level, text) => {
    if (shown.includes(level)) write(`${isoTime(clock())} ${level} ${escapeText(text)}\n`)
  }
}
