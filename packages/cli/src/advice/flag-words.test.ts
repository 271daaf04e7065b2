import { expect, describe, test } from 'vitest'
import { flagWords } from './flag-words.ts'

describe('flagWords', () => {
  test('writes what was given, quoted, in the order asked for', () => {
    const values = { json: true, all: false, model: 'two words', scopes: ['read', 'admin'], home: '/srv' }
    expect(flagWords(values, ['model', 'scopes', 'limit', 'all', 'json'])).toEqual([
      "--model 'two words'",
      '--scopes read,admin',
      '--json',
    ])
  })
})
