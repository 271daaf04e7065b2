import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { spanStatuses, spanTypes, traceStatuses, type RollupDims } from '@tracellm/core'
import type { Dictionary } from './dictionary.ts'
import type { ProjectEntry } from './project-rows.ts'

/** What stands in rollups for the names, models and tools of a project beyond the first some thousands. */
export const otherName = '(other)'
const maxDistinct = 5000

/** `dims.type` of traces; lower numbers are places in `spanTypes`. */
export const traceType = spanTypes.length

/** Combinations kept in memory. */
const maxRemembered = 50_000

/**
 * The table `dims`: what rollup rows are about. Absent is 0 there.
 *
 * Names come from users, and some put an id into each. So of each kind only the first some thousands get rows of their
 * own; which those are never changes, and what was counted under a name is taken out under the same.
 */
export class DimsRows {
  readonly #dict: Dictionary
  readonly #find: StatementSync
  readonly #insert: StatementSync
  readonly #distinct: StatementSync
  readonly #ids = new Map<string, number>()
  readonly #seen = new Map<string, Set<number>>()
  readonly #other: number

  constructor(database: DatabaseSync, dict: Dictionary) {
    this.#dict = dict
    const columns = 'project, env, model, type, name, tool, status'
    this.#find = database.prepare(`select id from dims where (${columns}) = (?, ?, ?, ?, ?, ?, ?)`)
    this.#insert = database.prepare(`insert into dims(${columns}) values (?, ?, ?, ?, ?, ?, ?) returning id`)
    this.#distinct = database.prepare('select distinct name, model, tool from dims where project = ?')
    this.#other = dict.id(otherName)
  }

  id(project: ProjectEntry, dims: RollupDims): number {
    const key = [
      project.id,
      this.#idOf(dims.environment),
      this.#bounded(project, 'model', dims.model),
      dims.type === 'trace' ? traceType : spanTypes.indexOf(dims.type),
      this.#bounded(project, 'name', dims.name),
      this.#bounded(project, 'tool', dims.tool),
      dims.type === 'trace' ? traceStatuses.indexOf(dims.status) : spanStatuses.indexOf(dims.status),
    ] as const
    const text = key.join()
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const row = this.#find.get(...key) ?? this.#insert.get(...key)
    if (this.#ids.size >= maxRemembered) this.#ids.clear()
    this.#ids.set(text, row!['id'] as number)
    return row!['id'] as number
  }

  /** Forgets what is remembered: rows are being deleted. */
  forget(): void {
    this.#ids.clear()
    this.#seen.clear()
  }

  #idOf(text: string | undefined): number {
    return text === undefined ? 0 : this.#dict.id(text)
  }

  #bounded(project: ProjectEntry, kind: 'model' | 'name' | 'tool', text: string | undefined): number {
    if (text === undefined) return 0
    const id = this.#dict.id(text)
    const seen = this.#seenOf(project, kind)
    if (seen.has(id)) return id
    if (seen.size >= maxDistinct) return this.#other
    seen.add(id)
    return id
  }

  #seenOf(project: ProjectEntry, kind: string): Set<number> {
    const known = this.#seen.get(`${project.id} ${kind}`)
    if (known !== undefined) return known
    const rows = this.#distinct.all(project.id)
    for (const column of ['name', 'model', 'tool']) {
      const ids = rows.map((row) => row[column] as number).filter((id) => id !== 0 && id !== this.#other)
      this.#seen.set(`${project.id} ${column}`, new Set(ids))
    }
    return this.#seen.get(`${project.id} ${kind}`)!
  }
}
