import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBrowser } from './find-browser.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracellm-browser-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function program(name: string): string {
  const path = join(folder, name)
  writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, 0o755)
  return path
}

describe('findBrowser', () => {
  test('takes the one that is named, before any on the PATH', () => {
    const named = program('my-browser')
    program('chromium')
    expect(findBrowser({ TRACELLM_TEST_BROWSER: named, PATH: folder })).toBe(named)
  })

  test('looks through the PATH, also when the one that is named is not there', () => {
    const chrome = program('google-chrome')
    const env = { TRACELLM_TEST_BROWSER: join(folder, 'gone'), PATH: `/nowhere${delimiter}${folder}` }
    expect(findBrowser(env)).toBe(chrome)
  })

  test('does not take a file that cannot be run', () => {
    writeFileSync(join(folder, 'chromium'), 'text')
    expect(findBrowser({ PATH: folder })).not.toBe(join(folder, 'chromium'))
  })
})
