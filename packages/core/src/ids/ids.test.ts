import { describe, expect, test } from 'vitest'
import { isProjectId, projectIdOfName } from './ids.ts'

describe('isProjectId', () => {
  test.each(['shop', '1', 'my-shop', '.hidden', '..a', '_v2_', 'größe', '東京', 'a'.repeat(128)])(
    '%j is one',
    (text) => {
      expect(isProjectId(text)).toBe(true)
    },
  )

  test.each(['', '.', '..', '_', '-', '..-..', 'Shop', 'a/b', 'a b', 'a'.repeat(129)])('%j is none', (text) => {
    expect(isProjectId(text)).toBe(false)
  })
})

describe('projectIdOfName', () => {
  test.each([
    ['My App!', 'my-app'],
    ['../secret', '..-secret'],
    ['a/../b', 'a-..-b'],
    ['.env', '.env'],
    ['x'.repeat(200), 'x'.repeat(128)],
  ])('%j becomes %j', (name, id) => {
    expect(projectIdOfName(name)).toBe(id)
  })

  test.each(['', '///', '.', '..', '_', '../..', '!.!', `${'.'.repeat(200)}a`])('nothing of %j is left', (name) => {
    expect(projectIdOfName(name)).toBeUndefined()
  })
})
