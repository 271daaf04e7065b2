import { array, assert, nat, oneof, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeRuns, encodeRuns } from './runs.ts'

describe('encodeRuns', () => {
  test('writes ids that follow each other as one run', () => {
    expect(encodeRuns([17, 90, 91, 92])).toBe('17,90+2')
    expect(encodeRuns([])).toBe('')
  })

  test('is undone by decodeRuns', () => {
    const ids = array(oneof(nat(20), nat()))
    assert(
      property(ids, (list) => {
        expect(decodeRuns(encodeRuns(list))).toEqual(list)
      }),
    )
  })
})
