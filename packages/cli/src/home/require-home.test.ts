import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requireHome } from './require-home.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracellm-home-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const notFound = (detail: string) => expect.objectContaining({ code: 'TL_HOME_NOT_FOUND', detail })

describe('requireHome', () => {
  test('lets a folder pass, though nothing is in it', () => expect(requireHome(folder)).toBeUndefined())

  test('says of one that is missing that no server has run on it', () => {
    for (const path of [join(folder, 'missing'), join(folder, 'missing', 'home')])
      expect(() => requireHome(path)).toThrow(notFound(`There is no folder ${path}, so no server has run on it.`))
  })

  test('says that a file is no folder', () => {
    const path = join(folder, 'notes.txt')
    writeFileSync(path, '')
    expect(() => requireHome(path)).toThrow(notFound(`What is at ${path} is no folder.`))
  })
})
