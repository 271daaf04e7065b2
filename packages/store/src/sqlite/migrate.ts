import { readdirSync, readFileSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { TraceLLMError } from '@tracellm/core'
import { makePrivateFile } from './store-folder.ts'

/** `TLLM` as a number: says that a database is a store of ours. Source: sqlite.org/fileformat2.html, 1.3.17. */
const applicationId = 0x544c4c4d

export interface Migration {
  readonly version: number
  readonly sql: string
}

/** The migrations of a folder by their number: `0001-first.sql` makes schema 1 of nothing, `0002-…` schema 2 of 1. */
export function readMigrations(folder: URL): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .toSorted()
    .map((name) => ({ version: Number(name.slice(0, 4)), sql: readFileSync(new URL(name, folder), 'utf8') }))
}

/**
 * Brings a database to the newest schema, each step in one transaction; what fails leaves the step before.
 * A database with rows is copied first, beside itself, as `spans.db.schema-1`.
 * @throws TraceLLMError `TL_STORE_NEWER`, `TL_STORE_CORRUPT` when it is a database of something else.
 */
export function migrate(database: DatabaseSync, path: string, migrations: readonly Migration[]): void {
  const version = schemaVersion(database, path, migrations)
  const steps = migrations.filter((migration) => migration.version > version)
  if (steps.length === 0) return
  if (version === 0) prepareEmptyFile(database)
  else if (hasRows(database)) copyDatabase(database, `${path}.schema-${version}`)
  for (const step of steps) {
    database.exec('begin immediate')
    try {
      database.exec(step.sql)
      database.exec(`pragma user_version = ${step.version}; pragma application_id = ${applicationId}; commit`)
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      throw error
    }
  }
}

/**
 * Whether a database can be read as it is; `false` when nothing is in it yet. Changes nothing.
 * @throws TraceLLMError `TL_STORE_UNAVAILABLE` when its schema is an older one, and as `migrate` does.
 */
export function isReadable(database: DatabaseSync, path: string, migrations: readonly Migration[]): boolean {
  const version = schemaVersion(database, path, migrations)
  if (version === 0 || version === migrations.at(-1)?.version) return version > 0
  throw new TraceLLMError('TL_STORE_UNAVAILABLE', `${path} has schema ${version}, an older one`, {
    fix: 'Run `tracellm start` once: it brings the store up to date.',
  })
}

/** The schema of a database, 0 for an empty file. */
function schemaVersion(database: DatabaseSync, path: string, migrations: readonly Migration[]): number {
  const version = readNumber(database, 'pragma user_version')
  const known = migrations.at(-1)?.version ?? 0
  if (readNumber(database, 'pragma application_id') !== applicationId) {
    if (version === 0 && readNumber(database, 'select count(*) from sqlite_schema') === 0) return 0
    throw new TraceLLMError('TL_STORE_CORRUPT', `${path} is a database, and none of TraceLLM`)
  }
  if (version > known)
    throw new TraceLLMError('TL_STORE_NEWER', `${path} has schema ${version}, this version knows ${known}`)
  return version
}

/** What can only be chosen before the first table. WAL stays chosen for whoever opens the file. */
function prepareEmptyFile(database: DatabaseSync): void {
  database.exec('pragma page_size = 4096; pragma auto_vacuum = incremental; pragma journal_mode = wal')
}

function hasRows(database: DatabaseSync): boolean {
  const tables = database.prepare(`select name from sqlite_schema where type = 'table' and name != 'meta'`).all()
  return tables.some(({ name }) => readNumber(database, `select exists (select 1 from "${String(name)}")`) === 1)
}

/** In one transaction of the engine's own, so that the copy is whole whatever the write-ahead log holds. */
function copyDatabase(database: DatabaseSync, target: string): void {
  rmSync(target, { force: true })
  makePrivateFile(target)
  try {
    database.prepare('vacuum into ?').run(target)
  } catch (error) {
    rmSync(target, { force: true })
    throw error
  }
}

function readNumber(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0])
}
