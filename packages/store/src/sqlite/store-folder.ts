import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { storeError } from './sqlite-error.ts'

/** The files of a store. SQLite keeps a `-wal` and a `-shm` beside each while it is open, with the same rights. */
export interface StorePaths {
  readonly spans: string
  readonly lock: string
}

export function storePaths(folder: string): StorePaths {
  return { spans: join(folder, 'spans.db'), lock: join(folder, 'lock.db') }
}

/**
 * Makes the folder, and those above it, for its owner alone; one that exists keeps its rights, as others may use it too.
 * Each is tried once: Node's recursive form never ends where the system denies that the folder above is there, as in `/proc`.
 */
export function makeStoreFolder(folder: string): void {
  const missing: string[] = []
  for (let path = resolve(folder); !isThere(path); path = dirname(path)) missing.push(path)
  for (const path of missing.toReversed()) makeFolder(path)
}

function isThere(path: string): boolean {
  return dirname(path) === path || statSync(path, { throwIfNoEntry: false }) !== undefined
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another process may just have made it.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw storeError(error, path, 'write')
  }
}

/**
 * Makes a file that only its owner reads, or takes that right from others.
 * One that exists is never opened: closing any handle of it would free the locks that SQLite has on it in this process.
 */
export function makePrivateFile(path: string): void {
  if (existsSync(path)) chmodSync(path, 0o600)
  else closeSync(openSync(path, 'wx', 0o600))
}
