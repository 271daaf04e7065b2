import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutPath } from './cut-path.ts'

describe('cutPath', () => {
  test.each([
    ['src/auth/session.ts', 19, 'src/auth/session.ts'],
    ['src/auth/session.ts', 18, 'src/…/session.ts'],
    ['src/auth/session.ts', 16, 'src/…/session.ts'],
    ['src/auth/session.ts', 15, '…/session.ts'],
    ['packages/core/src/format/cut-path.ts', 30, 'packages/…/format/cut-path.ts'],
    ['/home/anna/work/app/src/index.ts', 20, '/home/…/src/index.ts'],
    ['session-refresh.test.ts', 12, 'sessi…est.ts'],
  ])('%s in %i is %s', (path, maxCharacters, text) => {
    expect(cutPath(path, maxCharacters)).toBe(text)
  })

  test('is never longer than it may be', () => {
    const path = fc
      .array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 1, maxLength: 8 })
      .map((parts) => parts.join('/'))
    fc.assert(
      fc.property(path, fc.integer({ min: 1, max: 40 }), (whole, maxCharacters) => {
        const cut = cutPath(whole, maxCharacters)
        expect(cut.length).toBeLessThanOrEqual(maxCharacters)
        expect(cut.isWellFormed()).toBe(true)
      }),
    )
  })
})
