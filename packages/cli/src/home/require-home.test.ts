import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requireHome, requirePlaceForHome } from './require-home.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracellm-home-'))
  mkdirSync(join(folder, 'home'))
  writeFileSync(join(folder, 'file'), '')
  symlinkSync('home', join(folder, 'link'))
  symlinkSync('loop', join(folder, 'loop'))
  symlinkSync('nothing', join(folder, 'dangling'))
})

afterEach(() => rmSync(folder, { recursive: true }))

describe('requireHome', () => {
  test.each(['home', 'link'])('is content with a %s', (name) => {
    expect(() => requireHome(join(folder, name))).not.toThrow()
  })

  test('a mistyped path is no empty store', () => {
    const home = join(folder, 'mistyped')
    const detail = `There is no folder ${home}, so no server has run on it.`
    expect(() => requireHome(home)).toThrow(expect.objectContaining({ code: 'TL_HOME_NOT_FOUND', detail }))
  })
})

describe('requirePlaceForHome', () => {
  test.each(['home', 'link', 'mistyped', 'home/below/it'])('is content with %s', (name) => {
    expect(() => requirePlaceForHome(join(folder, name))).not.toThrow()
  })
})

describe.each([
  ['requireHome', requireHome, 'TL_HOME_NOT_FOUND'],
  ['requirePlaceForHome', requirePlaceForHome, 'TL_STORE_UNWRITABLE'],
] as const)('%s', (_name, require, code) => {
  test.each([
    ['file', 'file is a file, not a folder.'],
    ['file/below', 'file is a file, not a folder.'],
    ['loop', 'loop is a symbolic link that leads nowhere.'],
    ['loop/below/it', 'loop is a symbolic link that leads nowhere.'],
    ['dangling', 'dangling is a symbolic link that leads nowhere.'],
  ])('says of %s what is in the way, and advises nothing that cannot work', (name, detail) => {
    expect(() => require(join(folder, name))).toThrow(
      expect.objectContaining({
        code,
        detail: join(folder, detail),
        fix: 'Name another folder with --home, or move that out of the way.',
      }),
    )
  })
})
