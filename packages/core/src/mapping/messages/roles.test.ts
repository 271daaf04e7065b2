import { describe, expect, test } from 'vitest'
import { roleOf } from './roles.ts'

describe('roleOf', () => {
  test.each([
    ['human', 'user'],
    ['ai', 'assistant'],
    ['model', 'assistant'],
    ['Assistant', 'assistant'],
    ['bot', 'assistant'],
    ['developer', 'system'],
    ['instruction', 'system'],
    ['function', 'tool'],
    ['narrator', 'narrator'],
    ['constructor', 'constructor'],
  ])('%s is %s', (name, role) => {
    expect(roleOf(name)).toBe(role)
  })
})
