import { describe, expect, test } from 'vitest'
import { glyphsFor } from './glyphs.ts'
import { textWidth } from './text-width.ts'

describe('glyphsFor', () => {
  test.each([
    [{}, '✗'],
    [{ LANG: 'en_GB.UTF-8' }, '✗'],
    [{ LANG: 'C.utf8' }, '✗'],
    [{ LANG: 'C' }, 'x'],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: 'POSIX' }, 'x'],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: '' }, '✗'],
    [{ LANG: 'ja_JP.UTF-8' }, 'x'],
  ])('with %j a failure is %s', (env, failed) => expect(glyphsFor(env).failed).toBe(failed))

  test('every glyph of status and type is one cell wide', () => {
    for (const env of [{}, { LANG: 'C' }]) {
      const { status, type } = glyphsFor(env)
      for (const glyph of [...Object.values(status), ...Object.values(type)]) expect(textWidth(glyph)).toBe(1)
    }
  })
})
