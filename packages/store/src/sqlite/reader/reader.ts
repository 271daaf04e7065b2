import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { Resource, SpanSource } from '@tracellm/core'
import { storeError } from '../sqlite-error.ts'
import { ChunkCache } from './chunk-cache.ts'
import { Dictionary } from './dictionary.ts'

/** Resources and scopes are few; some clients make one for each process. */
const maxShared = 1000

/** What one query may cost, since a running one cannot be interrupted. */
export interface ReaderLimits {
  /** Rows that a query looks at in all (1,000,000). */
  readonly rows: number
  /** Rows of a label that are looked up one by one before the rest is scanned in an index (2,000). */
  readonly labelRows: number
}

const defaultLimits: ReaderLimits = { rows: 1_000_000, labelRows: 2000 }

/** A connection that only reads, and what is worth keeping between its queries. Bounded; never out of date. */
export class Reader {
  readonly database: DatabaseSync
  readonly limits: ReaderLimits
  readonly dictionary: Dictionary
  readonly chunks: ChunkCache
  readonly #statements = new Map<string, StatementSync>()
  readonly #shared = new Map<number, unknown>()

  constructor(database: DatabaseSync, limits = defaultLimits) {
    this.database = database
    this.limits = limits
    this.dictionary = new Dictionary(this)
    this.chunks = new ChunkCache(this)
  }

  /** The statement, prepared once. Its text comes from a handful of combinations, never from a user. */
  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) this.#statements.set(sql, (statement = this.database.prepare(sql)))
    return statement
  }

  /** The same, with rows as arrays: a third of the price where there are many. */
  prepareArrays(sql: string): StatementSync {
    const key = `arrays ${sql}`
    let statement = this.#statements.get(key)
    if (statement === undefined) {
      statement = this.database.prepare(sql)
      statement.setReturnArrays(true)
      this.#statements.set(key, statement)
    }
    return statement
  }

  /** The resource with this number; spans that share it get the same object. */
  resource(id: number | null): Resource {
    return (this.#json(id) as Resource | undefined) ?? { attributes: {} }
  }

  /** Where a span came from, but for its resource. */
  source(id: number | null): Omit<SpanSource, 'resource'> {
    const unknown = { scope: {}, dialects: [], usedKeys: [], mappingVersion: 0 }
    return (this.#json(id) as Omit<SpanSource, 'resource'> | undefined) ?? unknown
  }

  #json(id: number | null): unknown {
    if (id === null) return undefined
    const known = this.#shared.get(id)
    if (known !== undefined) return known
    const row = this.prepare('select v from resource where id = ?').get(id)
    const value: unknown = row && JSON.parse(String(row['v']))
    if (this.#shared.size >= maxShared) this.#shared.clear()
    this.#shared.set(id, value)
    return value
  }

  /** The first column of the first row, a number. */
  number(sql: string, parameters: Readonly<Record<string, SQLInputValue>>): number | undefined {
    return (this.prepareArrays(sql).get(parameters) as unknown as [number | null] | undefined)?.[0] ?? undefined
  }

  /**
   * Runs all queries of one answer on one state of the store, whatever is committed meanwhile.
   * @throws TraceLLMError `TL_STORE_CORRUPT`, `TL_STORE_UNAVAILABLE` for failures of the engine.
   */
  snapshot<Answer>(read: (reader: Reader) => Answer): Answer {
    try {
      this.database.exec('begin')
      const answer = read(this)
      this.database.exec('commit')
      return answer
    } catch (error) {
      this.#giveUp()
      throw storeError(error, this.database.location() ?? 'the store', 'read')
    }
  }

  /** Ends the snapshot after a failure, which it may be part of: then the engine has ended it already. */
  #giveUp(): void {
    try {
      if (this.database.isTransaction) this.database.exec('rollback')
    } catch {}
  }

  close(): void {
    this.database.close()
  }
}
