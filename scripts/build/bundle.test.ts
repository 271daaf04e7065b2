import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bundle } from './bundle.ts'

const sources = {
  'cli/src/main.ts': `
    import { openStore } from '../../store/src/sqlite/open.ts'
    const command: string = process.argv[2] ?? 'none'
    if (command === 'store') console.log(await openStore())
    if (command === 'rare') console.log((await import('./rare-command.ts')).answer)`,
  'cli/src/rare-command.ts': `export const answer: string = 'seldom asked'`,
  'store/src/sqlite/open.ts': `
    import { readFileSync } from 'node:fs'
    import { Worker } from 'node:worker_threads'
    const migration = new URL('./migrations/', import.meta.url)
    export async function openStore(): Promise<string> {
      const worker = new Worker(new URL('./writer/writer-worker.ts', import.meta.url))
      const said = await new Promise((resolve) => worker.once('message', resolve))
      return readFileSync(new URL('0001-first.sql', migration), 'utf8') + said
    }`,
  'store/src/sqlite/migrations/0001-first.sql': 'create table span;',
  'store/src/sqlite/writer/writer-worker.ts': `
    import { parentPort } from 'node:worker_threads'
    const said: string = 'written'
    parentPort?.postMessage(said)`,
}
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracellm-bundle-'))
  for (const [path, source] of Object.entries(sources)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), source)
  }
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function bundleSources(): Promise<void> {
  const entry = join(folder, 'cli/src/main.ts')
  await bundle({ entry, packagesFolder: folder, outputFolder: join(folder, 'cli/dist') })
}

async function run(mainFile: string, command: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [mainFile, command])
  return stdout.trim()
}

describe('bundle', () => {
  test('keeps workers and files reached by URL working, wherever the folder is moved', async () => {
    await bundleSources()
    const moved = join(folder, 'elsewhere')
    await cp(join(folder, 'cli/dist'), moved, { recursive: true })
    await rm(join(folder, 'store'), { recursive: true })

    expect(await run(join(moved, 'main.js'), 'store')).toBe('create table span;written')
    expect(await readdir(moved)).toEqual(expect.arrayContaining(['main.js', 'writer-worker.js', 'store']))
  })

  test('keeps what is imported on demand out of main', async () => {
    await bundleSources()
    const main = join(folder, 'cli/dist/main.js')

    expect(await readFile(main, 'utf8')).not.toContain('seldom asked')
    expect(await run(main, 'rare')).toBe('seldom asked')
  })

  test('fails when a source names a file that is not there', async () => {
    await rm(join(folder, 'store/src/sqlite/migrations'), { recursive: true })

    await expect(bundleSources()).rejects.toThrow('./migrations/')
  })
})
