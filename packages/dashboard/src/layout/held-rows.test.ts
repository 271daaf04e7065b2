import { describe, expect, test } from 'vitest'
import { sampleTrace } from '../data/sample-trace.ts'
import { heldRows } from './held-rows.ts'

const [oldest, middle, newest] = [sampleTrace('a', 10), sampleTrace('b', 20), sampleTrace('c', 30)]
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)

describe('heldRows', () => {
  test('keeps every row in its place and counts what has come above', () => {
    const { rows, newCount } = heldRows([middle, oldest], [newest, middle, oldest])
    expect(names(rows)).toEqual(['b', 'a'])
    expect(newCount).toBe(1)
  })

  test('shows a row as it is by now, wherever it stands in the list', () => {
    const failed = { ...oldest, status: 'failed' as const }
    expect(heldRows([middle, oldest], [failed, middle]).rows).toEqual([middle, failed])
  })

  test('keeps a row that no longer matches as it was', () => {
    expect(heldRows([middle, oldest], [oldest]).rows).toEqual([middle, oldest])
  })

  test('takes in what was loaded below, which nobody has seen move', () => {
    const { rows, newCount } = heldRows([newest, middle], [newest, middle, oldest])
    expect(names(rows)).toEqual(['c', 'b', 'a'])
    expect(newCount).toBe(0)
  })

  test('counts one that comes late between the rows as new', () => {
    const late = sampleTrace('late', 15)
    const { rows, newCount } = heldRows([middle, oldest], [middle, late, oldest])
    expect(names(rows)).toEqual(['b', 'a'])
    expect(newCount).toBe(1)
  })

  test('has nothing to hold in an empty list', () => {
    expect(heldRows([], [newest])).toEqual({ rows: [newest], newCount: 0 })
  })
})
