import { cutTo, fitTo, plain, styled, widthOf, type StyledText } from './styled-text.ts'

export interface Column {
  readonly head: string
  /** (left) */
  readonly align?: 'left' | 'right'
  /** How narrow it may become before others leave, for a column whose cells may be cut; others keep their width. */
  readonly minWidth?: number
  /** How wide it may become (as wide as its widest cell). */
  readonly maxWidth?: number
  /** Leaves when there is no room; the lowest number first. Without one it stays. */
  readonly leaves?: number
}

const gap = 2

/** What a column that may be cut keeps when nothing else helps. */
const leastWidth = 4

/**
 * A table in at most `columns` cells. Where it does not fit, columns that may be cut give up width, the last one
 * first; where that is not enough, columns leave, and at last those that may be cut become narrower still.
 */
export function tableLines(
  table: readonly Column[],
  rows: readonly (readonly StyledText[])[],
  columns: number,
  ellipsis: string,
): StyledText[] {
  const kept = chooseWidths(table, rows, columns)
  const line = (cells: readonly StyledText[]): StyledText =>
    kept.flatMap(({ index, width }, place) => [
      ...(place > 0 ? [plain(' '.repeat(gap))] : []),
      ...fitTo(cells[index] ?? [], width, table[index]!.align ?? 'left', ellipsis),
    ])
  const heads = table.map(({ head }) => [styled('dim', head)])
  const lines = [...(table.some(({ head }) => head !== '') ? [line(heads)] : []), ...rows.map(line)]
  return lines.map((text) => cutTo(text, columns, ellipsis))
}

interface KeptColumn {
  readonly index: number
  width: number
}

function chooseWidths(
  table: readonly Column[],
  rows: readonly (readonly StyledText[])[],
  columns: number,
): KeptColumn[] {
  let kept: KeptColumn[] = table.map((column, index) => ({ index, width: naturalWidth(column, index, rows) }))
  for (;;) {
    let tooWide = kept.reduce((sum, { width }) => sum + width + gap, -gap) - columns
    if (tooWide <= 0) return kept
    const room = kept.reduce((sum, { index, width }) => sum + width - narrowest(table[index]!, width), 0)
    const leaving = nextToLeave(table, kept)
    if (room < tooWide && leaving !== undefined) {
      kept = kept.filter((column) => column !== leaving)
      continue
    }
    const least = room < tooWide ? leastWidth : Infinity
    for (const column of kept.toReversed()) {
      const less = Math.min(tooWide, column.width - narrowest(table[column.index]!, column.width, least))
      column.width -= less
      tooWide -= less
    }
    return kept
  }
}

function naturalWidth({ head, maxWidth = Infinity }: Column, index: number, rows: readonly (readonly StyledText[])[]) {
  const widest = rows.reduce((width, row) => Math.max(width, widthOf(row[index] ?? [])), widthOf([plain(head)]))
  return Math.min(maxWidth, widest)
}

function narrowest({ minWidth }: Column, width: number, least = Infinity): number {
  return minWidth === undefined ? width : Math.min(width, minWidth, least)
}

function nextToLeave(table: readonly Column[], kept: readonly KeptColumn[]): KeptColumn | undefined {
  return kept
    .filter(({ index }) => table[index]!.leaves !== undefined)
    .toSorted((one, other) => table[one.index]!.leaves! - table[other.index]!.leaves!)[0]
}
