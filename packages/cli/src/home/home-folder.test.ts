import { describe, expect, test } from 'vitest'
import { resolveHome, shortPath } from './home-folder.ts'

describe('resolveHome', () => {
  test.each([
    ['~/.tracellm', '/home/me/.tracellm'],
    ['~', '/home/me'],
    ['/data', '/data'],
    ['data', '/srv/data'],
    ['../data', '/data'],
  ])('%s is %s', (text, path) => expect(resolveHome(text, '/srv', '/home/me')).toBe(path))
})

describe('shortPath', () => {
  test.each([
    ['/home/me/.tracellm', '~/.tracellm'],
    ['/home/me', '~'],
    ['/home/meanwhile', '/home/meanwhile'],
    ['/data', '/data'],
  ])('%s is written %s', (path, text) => expect(shortPath(path, '/home/me')).toBe(text))
})
