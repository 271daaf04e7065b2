import { describe, expect, test } from 'vitest'
import { closestWord } from './closest-word.ts'

const commands = ['start', 'status', 'traces', 'keys', 'help', 'version']

describe('closestWord', () => {
  test.each([
    ['trace', 'traces'],
    ['satrt', 'start'],
    ['STATUS', 'status'],
    ['versoin', 'version'],
    ['key', 'keys'],
    ['ver', 'version'],
  ])('%s was meant as %s', (word, meant) => expect(closestWord(word, commands)).toBe(meant))

  test.each(['monitor', 'x', ''])('%j is near none', (word) => expect(closestWord(word, commands)).toBeUndefined())

  test('takes the first of those that are equally near', () => {
    expect(closestWord('port', ['post', 'sort'])).toBe('post')
  })
})
