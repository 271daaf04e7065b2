import type { Output } from '../command-context.ts'
import { paintFor } from './colour.ts'
import { glyphsFor, type Glyphs } from './glyphs.ts'
import { renderLine, type StyledText } from './styled-text.ts'

/** An output as a command draws on it. */
export interface Screen {
  readonly columns: number
  readonly glyphs: Glyphs
  /** Writes lines; an empty one where `undefined` stands. */
  print(...lines: readonly (StyledText | undefined)[]): void
}

/** A pipe has no width; what is read later is easier to read when its lines are not endless. */
const columnsOfPipe = 110
const leastColumns = 20

export function createScreen(output: Output, env: Readonly<Record<string, string | undefined>>): Screen {
  const paint = paintFor(output.isTerminal, env)
  return {
    columns: Math.max(leastColumns, output.columns ?? (Number(env['COLUMNS']) || columnsOfPipe)),
    glyphs: glyphsFor(env),
    print(...lines) {
      output.write(lines.map((line) => `${renderLine(line ?? [], paint)}\n`).join(''))
    },
  }
}
