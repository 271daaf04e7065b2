import type { Paint, Role } from './colour.ts'
import { escapeText } from './escape-text.ts'
import { takeColumns, textWidth } from './text-width.ts'

/** A piece of a line, with what it is. */
export interface Styled {
  readonly text: string
  readonly role?: Role
}

/**
 * A line in pieces. Whatever a piece holds, nothing but its text reaches the terminal: it is escaped when it is
 * measured and when it is written.
 */
export type StyledText = readonly Styled[]

export function styled(role: Role, text: string): Styled {
  return { role, text }
}

export function plain(text: string): Styled {
  return { text }
}

export function widthOf(line: StyledText): number {
  return line.reduce((width, { text }) => width + textWidth(escapeText(text)), 0)
}

/** The line cut to `columns` cells, the ellipsis included. */
export function cutTo(line: StyledText, columns: number, ellipsis: string): StyledText {
  if (widthOf(line) <= columns) return line
  const cut: Styled[] = []
  let left = columns - textWidth(ellipsis)
  if (left < 0) return [plain(takeColumns(ellipsis, columns))]
  for (const piece of line) {
    const text = escapeText(piece.text)
    const taken = takeColumns(text, left)
    left -= textWidth(taken)
    if (taken === text) {
      cut.push({ ...piece, text })
      continue
    }
    return [...cut, { ...piece, text: taken.trimEnd() + ellipsis }]
  }
  return cut
}

/** The line in exactly `columns` cells. */
export function fitTo(line: StyledText, columns: number, align: 'left' | 'right', ellipsis: string): StyledText {
  const cut = cutTo(line, columns, ellipsis)
  const blanks = plain(' '.repeat(Math.max(0, columns - widthOf(cut))))
  return align === 'left' ? [...cut, blanks] : [blanks, ...cut]
}

/** The line as it is written, without blanks at its end. */
export function renderLine(line: StyledText, paint: Paint): string {
  const pieces = line.map(({ text, role }) => ({ text: escapeText(text), role }))
  while (pieces.length > 0 && pieces.at(-1)!.text.trimEnd() === '') pieces.pop()
  const last = pieces.at(-1)
  if (last !== undefined) last.text = last.text.trimEnd()
  return pieces.map(({ text, role }) => (role === undefined ? text : paint(role, text))).join('')
}
