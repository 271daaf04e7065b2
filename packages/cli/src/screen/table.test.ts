import { describe, expect, test } from 'vitest'
import { plain, renderLine } from './styled-text.ts'
import { tableLines, type Column } from './table.ts'

const table: Column[] = [
  { head: 'name', minWidth: 4, maxWidth: 12 },
  { head: 'what', minWidth: 6 },
  { head: 'time', align: 'right' },
  { head: 'ago', align: 'right', leaves: 1 },
]
const rows = [
  ['fix-issue', 'a long question about a parcel', '6 m 29 s', '18 m'],
  ['nightly-summaries', 'batch 14', '46 ms', 'now'],
].map((cells) => cells.map((text) => [plain(text)]))

function draw(columns: number): string[] {
  return tableLines(table, rows, columns, '…').map((line) => renderLine(line, (_role, text) => text))
}

describe('tableLines', () => {
  test('is as wide as its cells where there is room, with numbers at the right', () => {
    expect(draw(80)).toEqual([
      'name          what                                time   ago',
      'fix-issue     a long question about a parcel  6 m 29 s  18 m',
      'nightly-sum…  batch 14                           46 ms   now',
    ])
  })

  test('cuts the last of the columns that may be cut first', () => {
    expect(draw(50)).toEqual([
      'name          what                      time   ago',
      'fix-issue     a long question abo…  6 m 29 s  18 m',
      'nightly-sum…  batch 14                 46 ms   now',
    ])
  })

  test('lets a column leave where cutting is not enough', () => {
    expect(draw(24)).toEqual(['name    what        time', 'fix-i…  a lon…  6 m 29 s', 'night…  batch…     46 ms'])
  })

  test('never writes more than there is room for', () => {
    for (let columns = 1; columns < 80; columns += 1) {
      for (const line of draw(columns)) expect(line.length).toBeLessThanOrEqual(columns)
    }
  })

  test('has no line of heads where none has a text', () => {
    expect(tableLines([{ head: '' }], [[[plain('a')]]], 80, '…')).toHaveLength(1)
  })
})
