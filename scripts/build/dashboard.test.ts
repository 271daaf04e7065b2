import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isOlder } from './dashboard.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracellm-stale-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function file(path: string, changedS: number): Promise<string> {
  const full = join(folder, path)
  await mkdir(dirname(full), { recursive: true })
  await writeFile(full, '')
  await utimes(full, changedS, changedS)
  return full
}

describe('isOlder', () => {
  test('looks at every file below a folder', async () => {
    const built = await file('dist/index.html', 200)
    await file('src/main.tsx', 100)
    await file('src/pages/trace/trace-page.tsx', 150)
    expect(isOlder(built, [join(folder, 'src')])).toBe(false)

    await file('src/pages/trace/trace-page.tsx', 250)
    expect(isOlder(built, [join(folder, 'src')])).toBe(true)
  })

  test('takes a missing file for older than anything, and a missing source for none', async () => {
    const source = await file('src/main.tsx', 100)
    const missing = join(folder, 'missing')

    expect(isOlder(missing, [source])).toBe(true)
    expect(isOlder(source, [missing])).toBe(false)
  })
})
