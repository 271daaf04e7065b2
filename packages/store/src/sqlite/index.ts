export { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from './open-sqlite-store.ts'
export type { Durability } from './open-database.ts'
