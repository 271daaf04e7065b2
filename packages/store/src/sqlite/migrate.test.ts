import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isReadable, migrate, readMigrations, type Migration } from './migrate.ts'

const first: Migration = { version: 1, sql: 'create table note(text); create table meta(key, value);' }
const second: Migration = { version: 2, sql: `alter table note add column language; update note set language = 'en';` }

let folder: string
let path: string
let database: DatabaseSync

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracellm-migrate-'))
  path = join(folder, 'spans.db')
  database = new DatabaseSync(path)
})

afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

const version = () => database.prepare('pragma user_version').get()?.['user_version']
const notes = (from = database) => from.prepare('select * from note').all()

function withFirstSchema(rows: number): void {
  migrate(database, path, [first])
  for (let row = 1; row <= rows; row++) database.prepare('insert into note values (?)').run(`note ${row}`)
}

describe('migrate', () => {
  test('makes the newest schema of nothing, step by step', () => {
    migrate(database, path, [first, second])
    expect(version()).toBe(2)
    expect(notes()).toEqual([])
    expect(existsSync(`${path}.schema-0`)).toBe(false)
  })

  test('does nothing the second time', () => {
    migrate(database, path, [first])
    migrate(database, path, [first])
    expect(version()).toBe(1)
  })

  test('copies a database with rows before it changes it, for its owner alone', () => {
    withFirstSchema(2)
    migrate(database, path, [first, second])
    expect(notes()).toEqual([
      { text: 'note 1', language: 'en' },
      { text: 'note 2', language: 'en' },
    ])
    const copy = new DatabaseSync(`${path}.schema-1`, { readOnly: true })
    expect(notes(copy)).toEqual([{ text: 'note 1' }, { text: 'note 2' }])
    expect(isReadable(copy, path, [first])).toBe(true)
    copy.close()
    expect(statSync(`${path}.schema-1`).mode & 0o777).toBe(0o600)
  })

  test('copies nothing where there are no rows', () => {
    withFirstSchema(0)
    database.exec(`insert into meta values ('trace', 1)`)
    migrate(database, path, [first, second])
    expect(version()).toBe(2)
    expect(existsSync(`${path}.schema-1`)).toBe(false)
  })

  test('leaves the step before when one fails', () => {
    const broken: Migration = { version: 2, sql: 'create table added(x); insert into nowhere values (1);' }
    withFirstSchema(1)
    expect(() => migrate(database, path, [first, broken])).toThrow('no such table: nowhere')
    expect(version()).toBe(1)
    expect(notes()).toEqual([{ text: 'note 1' }])
    expect(database.prepare(`select count(*) n from sqlite_schema where name = 'added'`).get()).toEqual({ n: 0 })
  })

  test('leaves the step before, and no half copy, when the disk is full', () => {
    withFirstSchema(2000)
    const pages = Number(database.prepare('pragma page_count').get()?.['page_count'])
    database.exec(`pragma max_page_count = ${pages}`)
    expect(() => migrate(database, path, [first, second])).toThrow('database or disk is full')
    database.exec('pragma max_page_count = 1000000')
    expect(version()).toBe(1)
    expect(notes()).toHaveLength(2000)
    migrate(database, path, [first, second])
    expect(version()).toBe(2)
  })

  test('refuses a newer schema', () => {
    migrate(database, path, [first, second])
    expect(() => migrate(database, path, [first])).toThrow(expect.objectContaining({ code: 'TL_STORE_NEWER' }))
    expect(version()).toBe(2)
  })
})

describe('isReadable', () => {
  test('tells an empty file, the newest schema, an older and a newer one apart', () => {
    expect(isReadable(database, path, [first])).toBe(false)
    migrate(database, path, [first])
    expect(isReadable(database, path, [first])).toBe(true)
    expect(() => isReadable(database, path, [first, second])).toThrow(
      expect.objectContaining({ code: 'TL_STORE_UNAVAILABLE' }),
    )
    migrate(database, path, [first, second])
    expect(() => isReadable(database, path, [first])).toThrow(expect.objectContaining({ code: 'TL_STORE_NEWER' }))
  })
})

describe('readMigrations', () => {
  test('numbers the files of the adapter from 1 without a gap', () => {
    const versions = readMigrations(new URL('./migrations/', import.meta.url)).map((migration) => migration.version)
    expect(versions).toEqual(versions.map((_, index) => index + 1))
    expect(versions[0]).toBe(1)
  })
})
