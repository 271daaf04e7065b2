import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { isReadable, migrate, readMigrations } from './migrate.ts'
import { storeError } from './sqlite-error.ts'
import { makePrivateFile, makeStoreFolder, storePaths } from './store-folder.ts'
import { lockStore } from './store-lock.ts'

/** What a commit survives: the death of this process (`normal`), or a power cut too (`full`). */
export type Durability = 'normal' | 'full'

/** How long to wait for another connection that starts or ends just now; nothing else blocks in WAL mode. */
export const busyTimeoutMs = 5000

const migrations = new URL('./migrations/', import.meta.url)

/** The one connection that writes, and the lock that makes it the only one. */
export class WriterDatabase implements Disposable {
  readonly database: DatabaseSync
  readonly #lock: Disposable

  constructor(database: DatabaseSync, lock: Disposable) {
    this.database = database
    this.#lock = lock
  }

  /** Empties the write-ahead log into the file and frees the lock. */
  [Symbol.dispose](): void {
    try {
      this.database.exec('pragma wal_checkpoint(truncate)')
    } finally {
      this.database.close()
      this.#lock[Symbol.dispose]()
    }
  }
}

/**
 * Opens a store for writing: makes what is missing, takes the lock, brings the schema up to date.
 * @throws TraceLLMError `TL_STORE_LOCKED`, `TL_STORE_NEWER`, `TL_STORE_UNWRITABLE`, `TL_STORE_FULL`,
 * `TL_STORE_CORRUPT`: the files are as they were.
 */
export function openForWriting(folder: string, durability: Durability): WriterDatabase {
  const paths = storePaths(folder)
  using opened = new DisposableStack()
  try {
    makeStoreFolder(folder)
    const lock = opened.use(lockStore(paths.lock))
    makePrivateFile(paths.spans)
    const database = opened.adopt(new DatabaseSync(paths.spans, { timeout: busyTimeoutMs }), (connection) =>
      connection.close(),
    )
    migrate(database, paths.spans, readMigrations(migrations))
    // The writer empties the log itself, between transactions: SQLite's own checkpoints stall a commit for 150 ms.
    // Deleted texts are overwritten where they lay, which costs nothing here: their page is written anyway.
    database.exec(`
      pragma journal_mode = wal; pragma synchronous = ${durability}; pragma wal_autocheckpoint = 0;
      pragma cache_size = -65536; pragma temp_store = memory; pragma secure_delete = fast`)
    opened.move()
    return new WriterDatabase(database, lock)
  } catch (error) {
    throw storeError(error, paths.spans, 'write')
  }
}

/**
 * Opens a store for reading, beside a writer of this or another process or without one. A folder without a store reads
 * as an empty one.
 * @throws TraceLLMError `TL_STORE_UNREADABLE`, `TL_STORE_NEWER`, `TL_STORE_CORRUPT`, `TL_STORE_UNAVAILABLE` when its
 * schema is an older one.
 */
export function openForReading(folder: string): DatabaseSync {
  const path = storePaths(folder).spans
  using opened = new DisposableStack()
  try {
    // Unlike `existsSync` it says when the folder may not be looked into.
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return emptyDatabase()
    const open = new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMs })
    const database = opened.adopt(open, () => open.close())
    if (!isReadable(database, path, readMigrations(migrations))) return emptyDatabase()
    database.exec('pragma cache_size = -32768; pragma temp_store = memory')
    opened.move()
    return database
  } catch (error) {
    throw storeError(error, path, 'read')
  }
}

function emptyDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  migrate(database, ':memory:', readMigrations(migrations))
  return database
}
