import { escapeText } from './escape-text.ts'
import { textWidth } from './text-width.ts'

/** Blanks, but not those of a command in backticks: broken over two lines it could not be copied. */
const breakable = / (?=(?:[^`]*`[^`]*`)*[^`]*$)/

/** A paragraph as lines of at most `columns` cells, broken at blanks; a longer word has a line of its own. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of escapeText(text).split(breakable)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer) > columns) {
      lines.push(line)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, line]
}
