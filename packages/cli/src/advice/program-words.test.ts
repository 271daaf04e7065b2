import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { packageFolder } from '../package-folder.ts'
import { programWords } from './program-words.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracellm-path-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

/** A folder of programs, with `tracellm` among them. */
function programs(path: string): string {
  const made = join(folder, path)
  mkdirSync(made, { recursive: true })
  writeFileSync(join(folder, 'program.js'), '')
  symlinkSync(join(folder, 'program.js'), join(made, 'tracellm'))
  return made
}

describe('programWords', () => {
  test('is the name alone where a shell finds it', () => {
    expect(programWords([join(folder, 'none'), programs('bin')].join(delimiter))).toBe('tracellm')
  })

  test('is npx with the name where npm alone finds it, in a clone or beside a project', () => {
    const global = programs('bin')
    expect(programWords([programs('clone/node_modules/.bin'), global].join(delimiter))).toBe('npx tracellm')
  })

  test.each([undefined, '', '/nowhere'])('is the file where the path is %j', (path) => {
    expect(programWords(path)).toBe(`node ${join(packageFolder, 'bin/tracellm.js')}`)
  })

  test('takes no folder of that name for the program', () => {
    mkdirSync(join(folder, 'packages/tracellm'), { recursive: true })
    expect(programWords(join(folder, 'packages'))).toMatch(/^node /)
  })
})
