import type { Dictionary } from '../dictionary.ts'
import { otherName } from '../dims-rows.ts'
import type { WriterMemory } from '../writer-memory.ts'
import type { WriterParts } from '../writer-parts.ts'

/**
 * Deletes the texts of `dict` and `resource` that nothing refers to any more: names, users, sessions, metadata of what
 * was deleted. There is no count of references, which every span would have to keep; so all rows are looked through,
 * in small turns, and what no row has is deleted.
 *
 * ```
 * dims      |==|                       those that no rollup has are deleted first
 * mark         |==========|            numbers in rows; beside it, numbers that the writer gives out meanwhile
 * delete                  |====|       the others
 * ```
 */

/** Rows that one turn looks at: some 15 ms. */
const defaultRowsATurn = 10_000

/** A table that refers to texts, walked in the order of its key. */
interface Referrer {
  readonly table: string
  readonly key: readonly string[]
  readonly dict: readonly string[]
  /** Columns of numbers with commas. */
  readonly dictLists?: readonly string[]
  readonly resource?: readonly string[]
}

const referrers: readonly Referrer[] = [
  {
    table: 'trace',
    key: ['id'],
    dict: ['env', 'name', 'user', 'session', 'service', 'model', 'provider', 'release'],
    dictLists: ['models', 'tags'],
    resource: ['resource'],
  },
  {
    table: 'span',
    key: ['tid', 'sid'],
    dict: ['name', 'model', 'request_model', 'provider', 'tool'],
    resource: ['resource', 'source'],
  },
  { table: 'trace_label', key: ['project', 'label', 'start_us', 'tid'], dict: ['label'] },
  { table: 'session', key: ['project', 'session'], dict: ['session'] },
  { table: 'log_record', key: ['id'], dict: ['session'], resource: ['resource'] },
  { table: 'sender', key: ['instance'], dict: ['instance'] },
  { table: 'score', key: ['id'], dict: ['session', 'name'] },
  { table: 'dims', key: ['id'], dict: ['env', 'model', 'name', 'tool'] },
]

/** The turns of one sweep. */
export class TextSweep {
  readonly #memory: WriterMemory
  readonly #turns: Generator<void, void, WriterParts>

  constructor(parts: WriterParts, rowsATurn = defaultRowsATurn) {
    this.#memory = parts.memory
    this.#turns = sweep(parts, rowsATurn)
  }

  /**
   * Takes one turn.
   * @returns whether there are more. After a rollback there are none: what was given out is forgotten with the memory,
   * and a later sweep has to begin anew.
   */
  step(parts: WriterParts): 'more' | 'done' | 'lost' {
    if (parts.memory !== this.#memory) return 'lost'
    return this.#turns.next(parts).done === true ? 'done' : 'more'
  }
}

function* sweep(first: WriterParts, rowsATurn: number): Generator<void, void, WriterParts> {
  deleteUnusedDims(first)
  const dict = new Marks(first, 'dict', first.memory.dict)
  const resource = new Marks(first, 'resource', first.memory.resources)
  dict.mark(first.memory.dict.id(otherName))
  let parts = yield
  for (const referrer of referrers) {
    for (const row of walk(() => parts, referrer, rowsATurn)) {
      if (row === undefined) parts = yield
      else markRow(row, referrer, dict, resource)
    }
  }
  for (const marks of [dict, resource]) {
    while (marks.deleteSome(parts, rowsATurn)) parts = yield
    marks.end()
  }
}

/** Of a span's key its id is bytes. */
type KeyValue = number | Uint8Array
type Row = readonly (number | string | null)[]

/** The rows of a table in the order of its key; `undefined` where the turn is to end. */
function* walk(
  parts: () => WriterParts,
  { table, key, ...columns }: Referrer,
  limit: number,
): Generator<Row | undefined> {
  const wanted = [...key, ...columns.dict, ...(columns.dictLists ?? []), ...(columns.resource ?? [])].join(', ')
  const order = `order by ${key.join(', ')} limit ${limit}`
  const places = key.map(() => '?').join(', ')
  let last: readonly KeyValue[] | undefined
  for (;;) {
    const behind = last === undefined ? '' : `where (${key.join(', ')}) > (${places})`
    const statement = parts().database.prepare(`select ${wanted} from ${table} ${behind} ${order}`)
    statement.setReturnArrays(true)
    const rows = statement.all(...(last ?? [])) as unknown as (KeyValue | Row[number])[][]
    for (const row of rows) yield row.slice(key.length) as Row
    if (rows.length < limit) return
    last = rows.at(-1)!.slice(0, key.length) as KeyValue[]
    yield undefined
  }
}

function markRow(row: Row, { dict: names, dictLists = [] }: Referrer, dict: Marks, resource: Marks): void {
  for (const [place, value] of row.entries()) {
    if (value === null) continue
    if (place >= names.length + dictLists.length) resource.mark(value as number)
    else if (place < names.length) dict.mark(value as number)
    else for (const id of String(value).split(',')) dict.mark(Number(id))
  }
}

/** Which numbers of a table of texts are referred to. */
class Marks {
  readonly #table: string
  readonly #texts: Dictionary
  /** What the writer gives out since the sweep began. */
  readonly #given: ReadonlySet<number>
  /** One byte for each number there was then. */
  readonly #used: Uint8Array
  #deletedUpTo = 0

  constructor({ database }: WriterParts, table: 'dict' | 'resource', texts: Dictionary) {
    const last = database.prepare(`select coalesce(max(id), 0) id from ${table}`).get()!['id'] as number
    this.#table = table
    this.#texts = texts
    this.#given = texts.noteGiven()
    this.#used = new Uint8Array(last + 1)
  }

  mark(id: number): void {
    if (id < this.#used.length) this.#used[id] = 1
  }

  /** Deletes what was not marked, so many at a time. @returns whether there may be more. */
  deleteSome({ database }: WriterParts, limit: number): boolean {
    const select = `select id from ${this.#table} where id > ? and id < ? order by id limit ${limit}`
    const rows = database.prepare(select).all(this.#deletedUpTo, this.#used.length)
    const remove = database.prepare(`delete from ${this.#table} where id = ?`)
    for (const row of rows) {
      const id = row['id'] as number
      this.#deletedUpTo = id
      if (this.#used[id] === 0 && !this.#given.has(id)) remove.run(id)
    }
    // What is written before the next turn must not get the number of what is gone.
    this.#texts.forget()
    return rows.length === limit
  }

  end(): void {
    this.#texts.stopNoting()
  }
}

/**
 * Deletes combinations of dimensions that no rollup has. Not of a project that has more names than get rows of their
 * own: which names do must not change, or what was counted under one would be taken out under another.
 */
function deleteUnusedDims({ database, memory }: WriterParts): void {
  const used = new Set<unknown>()
  for (const width of ['minute', 'hour', 'day']) {
    for (const row of database.prepare(`select distinct dims from rollup_${width}`).all()) used.add(row['dims'])
  }
  const other = memory.dict.id(otherName)
  const dims = database.prepare(
    'select id from dims where project not in (select project from dims where :other in (name, model, tool))',
  )
  const remove = database.prepare('delete from dims where id = ?')
  for (const row of dims.all({ other })) if (!used.has(row['id'])) remove.run(row['id']!)
  memory.rollups.forgetDims()
}
