import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openForReading, openForWriting } from './open-database.ts'
import { storePaths } from './store-folder.ts'

let folder: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracellm-store-'))
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the store in a real second process. */
async function openElsewhere(path: string, purpose: 'write' | 'read' = 'write', options: { uid?: number } = {}) {
  const script = new URL('./store-lock-test-process.ts', import.meta.url)
  const child = spawn(process.execPath, ['--expose-gc', script.pathname, path, purpose], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  })
  children.push(child)
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: String(said).trim() }
}

/** Rights do not bind root, so root asks as somebody else. */
const withoutRights = process.getuid?.() === 0 ? { uid: 65534 } : {}

function caught(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

function addTrace(database: DatabaseSync): void {
  database.exec(`insert into project(project_id, name, created_us) values ('default', 'default', 1)`)
}

const countProjects = (database: DatabaseSync) => database.prepare('select count(*) n from project').get()?.['n']

describe('openForWriting', () => {
  test('makes a folder and files that only their owner can read', () => {
    const home = join(folder, 'new', 'home')
    using opened = openForWriting(home, 'normal')
    addTrace(opened.database)
    expect(statSync(home).mode & 0o777).toBe(0o700)
    const modes = readdirSync(home).map((name) => [name, statSync(join(home, name)).mode & 0o777])
    expect(modes).toContainEqual(['spans.db-wal', 0o600])
    expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([])
  })

  test('chooses what the layout needs', () => {
    using opened = openForWriting(folder, 'full')
    const pragma = (name: string) => Object.values(opened.database.prepare(`pragma ${name}`).get() ?? {})[0]
    expect(['page_size', 'auto_vacuum', 'journal_mode', 'synchronous', 'secure_delete'].map(pragma)).toEqual([
      4096,
      2,
      'wal',
      2,
      2,
    ])
  })

  test('leaves one file with everything in it when it is closed', () => {
    {
      using opened = openForWriting(folder, 'normal')
      addTrace(opened.database)
    }
    expect(readdirSync(folder).toSorted()).toEqual(['lock.db', 'spans.db'])
    using opened = openForWriting(folder, 'normal')
    expect(countProjects(opened.database)).toBe(1)
  })

  test('is refused while another process has the store, and says which', async () => {
    const { child, said } = await openElsewhere(folder)
    expect(said).toBe('holds')
    expect(caught(() => openForWriting(folder, 'normal'))).toMatchObject({
      code: 'TL_STORE_LOCKED',
      detail: expect.stringContaining(`process ${child.pid}`) as unknown,
      extra: { pid: child.pid },
    })
  })

  test('is refused to another process while this one has the store, however often this one tries again', async () => {
    using opened = openForWriting(folder, 'normal')
    expect(caught(() => openForWriting(folder, 'normal'))).toMatchObject({ code: 'TL_STORE_LOCKED' })
    expect((await openElsewhere(folder)).said).toBe('TL_STORE_LOCKED')
    expect(countProjects(opened.database)).toBe(0)
  })

  test('succeeds at once after the holder was killed', async () => {
    const { child } = await openElsewhere(folder)
    child.kill('SIGKILL')
    await once(child, 'exit')
    using opened = openForWriting(folder, 'normal')
    expect(countProjects(opened.database)).toBe(0)
  })

  test('leaves a store of a newer version as it is', () => {
    openForWriting(folder, 'normal')[Symbol.dispose]()
    const path = storePaths(folder).spans
    const newer = new DatabaseSync(path)
    newer.exec('pragma user_version = 7')
    newer.close()
    const before = readFileSync(path)
    expect(caught(() => openForWriting(folder, 'normal'))).toMatchObject({
      code: 'TL_STORE_NEWER',
      detail: `${path} has schema 7, this version knows 4`,
    })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('leaves what is no database, or one of another program, as it is', () => {
    const path = storePaths(folder).spans
    writeFileSync(path, 'Dear diary, '.repeat(1000))
    expect(caught(() => openForWriting(folder, 'normal'))).toMatchObject({ code: 'TL_STORE_CORRUPT' })
    expect(readFileSync(path, 'utf8')).toBe('Dear diary, '.repeat(1000))
    rmSync(path)
    const foreign = new DatabaseSync(path)
    foreign.exec('create table recipe(name text)')
    foreign.close()
    expect(caught(() => openForWriting(folder, 'normal'))).toMatchObject({ code: 'TL_STORE_CORRUPT' })
    expect(new DatabaseSync(path).prepare('select name from sqlite_schema').all()).toEqual([{ name: 'recipe' }])
  })

  test('frees the lock when it fails', () => {
    const path = storePaths(folder).spans
    writeFileSync(path, 'Dear diary, '.repeat(1000))
    caught(() => openForWriting(folder, 'normal'))
    rmSync(path)
    using opened = openForWriting(folder, 'normal')
    expect(countProjects(opened.database)).toBe(0)
  })

  test('says that a folder cannot be made or written', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(caught(() => openForWriting(join(folder, 'file', 'home'), 'normal'))).toMatchObject({
      code: 'TL_STORE_UNWRITABLE',
    })
    mkdirSync(storePaths(folder).spans)
    expect(caught(() => openForWriting(folder, 'normal'))).toMatchObject({ code: 'TL_STORE_UNWRITABLE' })
  })

  test('says that a folder may not be written', async () => {
    chmodSync(folder, 0o555)
    const { said } = await openElsewhere(folder, 'write', withoutRights)
    chmodSync(folder, 0o755)
    expect(said).toBe('TL_STORE_UNWRITABLE')
  })
})

describe('openForReading', () => {
  test('reads beside a writer of another process, and after it was killed', async () => {
    const { child } = await openElsewhere(folder)
    const beside = openForReading(folder)
    expect(countProjects(beside)).toBe(0)
    beside.close()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const after = openForReading(folder)
    expect(countProjects(after)).toBe(0)
    expect(caught(() => addTrace(after))).toMatchObject({ errcode: 8 })
    after.close()
  })

  test('finds an empty store where there is none, and makes nothing', () => {
    const database = openForReading(join(folder, 'home'))
    expect(countProjects(database)).toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ['a folder that may not be looked into', 0o000, 0o600],
    ['a file that may not be read', 0o755, 0o000],
    ['a folder in which it cannot make what it needs', 0o555, 0o444],
  ])('says of %s that it cannot be read, and not that it cannot be written', async (_what, ofFolder, ofFile) => {
    openForWriting(folder, 'normal')[Symbol.dispose]()
    chmodSync(storePaths(folder).spans, ofFile)
    chmodSync(folder, ofFolder)
    const { said } = await openElsewhere(folder, 'read', withoutRights)
    chmodSync(folder, 0o755)
    expect(said).toBe('TL_STORE_UNREADABLE')
  })
})
