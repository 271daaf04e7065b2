import { DatabaseSync } from 'node:sqlite'
import { TraceLLMError } from '@tracellm/core'
import { resultCodeOf, storeError } from './sqlite-error.ts'
import { makePrivateFile } from './store-folder.ts'

/** How long to wait for somebody who only looks who holds the lock. */
const patienceMs = 200

const busy = 5

/** The locks of this thread. A connection that nobody refers to is closed when memory is tidied, and its lock freed. */
const held = new Set<DatabaseSync>()

/**
 * Holds a store for one writer, until it is closed or its process ends, however it ends: the lock is the system's.
 *
 * It is a write transaction on a database of its own that is never committed. Others can still read that database,
 * and find the process id of the holder as its `user_version`.
 * @throws TraceLLMError `TL_STORE_LOCKED` with `extra.pid`, where it is known.
 */
export function lockStore(path: string): Disposable {
  const database = openLock(path)
  try {
    database.exec(`pragma user_version = ${process.pid}`)
    database.exec('begin immediate')
    held.add(database)
    return { [Symbol.dispose]: () => void (held.delete(database) && database.close()) }
  } catch (error) {
    const failure = resultCodeOf(error) === busy ? heldBy(database, path) : storeError(error, path, 'write')
    database.close()
    throw failure
  }
}

function openLock(path: string): DatabaseSync {
  try {
    makePrivateFile(path)
    return new DatabaseSync(path, { timeout: patienceMs })
  } catch (error) {
    throw storeError(error, path, 'write')
  }
}

function heldBy(database: DatabaseSync, path: string): TraceLLMError {
  const pid = holderOf(database)
  return pid === 0
    ? new TraceLLMError('TL_STORE_LOCKED', `${path} is held by another process`)
    : new TraceLLMError('TL_STORE_LOCKED', `${path} is held by process ${pid}`, { extra: { pid } })
}

/** 0 when the holder has not said yet, or holds the lock in a way that lets nobody read. */
function holderOf(database: DatabaseSync): number {
  try {
    return Number(database.prepare('pragma user_version').get()?.['user_version'] ?? 0)
  } catch {
    return 0
  }
}
