import { describe, expect, test } from 'vitest'
import { wrapText } from './wrap-text.ts'

describe('wrapText', () => {
  test('breaks at blanks, and leaves a longer word whole', () => {
    expect(wrapText('one two incomprehensibilities three', 10)).toEqual(['one two', 'incomprehensibilities', 'three'])
  })

  test('breaks no command in backticks, which is there to be copied', () => {
    expect(wrapText('Make a key with `tracellm keys create`, then start again.', 20)).toEqual([
      'Make a key with',
      '`tracellm keys create`,',
      'then start again.',
    ])
  })
})
