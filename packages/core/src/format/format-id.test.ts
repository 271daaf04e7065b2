import { describe, expect, test } from 'vitest'
import { formatId } from './format-id.ts'

describe('formatId', () => {
  test.each([
    ['a91f3c0123456789abcdef01234577e2', 'a91f3c…77e2'],
    ['00f067aa0ba902b7', '00f067…02b7'],
    ['issue-482', 'issue-482'],
  ])('%s is %s', (id, text) => {
    expect(formatId(id)).toBe(text)
  })
})
