import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'

/** The files of a store. SQLite keeps a `-wal` and a `-shm` beside each while it is open, with the same rights. */
export interface StorePaths {
  readonly spans: string
  readonly lock: string
}

export function storePaths(folder: string): StorePaths {
  return { spans: join(folder, 'spans.db'), lock: join(folder, 'lock.db') }
}

/** Makes the folder for its owner alone; one that exists keeps its rights, as others may use it too. */
export function makeStoreFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/**
 * Makes a file that only its owner reads, or takes that right from others.
 * One that exists is never opened: closing any handle of it would free the locks that SQLite has on it in this process.
 */
export function makePrivateFile(path: string): void {
  if (existsSync(path)) chmodSync(path, 0o600)
  else closeSync(openSync(path, 'wx', 0o600))
}
