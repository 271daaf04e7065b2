import { describe, expect, test } from 'vitest'
import { glyphsFor } from './glyphs.ts'
import { treeGuides } from './tree.ts'

function draw(parents: readonly number[], locale: string): string[] {
  const rows = parents.map((parent) => ({ parent }))
  return treeGuides(rows, glyphsFor({ LANG: locale })).map(({ self }, row) => `${self}${row}`)
}

describe('treeGuides', () => {
  test('draws a line past the children of all but the last', () => {
    expect(draw([-1, 0, 1, 0, -1, 4], 'C.UTF-8')).toEqual([
      '├─ 0',
      '│  ├─ 1',
      '│  │  ╰─ 2',
      '│  ╰─ 3',
      '╰─ 4',
      '   ╰─ 5',
    ])
  })

  test('has letters only where the locale asks for them', () => {
    expect(draw([-1, 0, -1], 'C')).toEqual(['|- 0', '|  +- 1', '+- 2'])
  })

  test('continues below a row as below its children', () => {
    const guides = treeGuides([{ parent: -1 }, { parent: 0 }, { parent: -1 }], glyphsFor({}))
    expect(guides.map(({ below }) => below)).toEqual(['│  ', '│     ', '   '])
  })
})
