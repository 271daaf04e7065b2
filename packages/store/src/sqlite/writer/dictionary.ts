import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** How many texts are kept in memory; most are names, models and users that come again and again. */
const maxTexts = 50_000
/** Together they are at most so long, give or take one: a resource may be as long as a request. */
const maxCharacters = 16_000_000

interface Entry {
  readonly id: number
  /** One object for all that say it: what remembers a text remembers this one. */
  readonly text: string
}

/** Numbers for texts that repeat, and back, in a table of an id and a unique text: `dict` and `resource`. */
export class Dictionary {
  readonly #find: StatementSync
  readonly #select: StatementSync
  readonly #insert: StatementSync
  #entries = new Map<string, Entry>()
  /** The same by number, of those that were asked for. */
  #texts = new Map<number, string>()
  #characters = 0
  #given: Set<number> | undefined

  constructor(database: DatabaseSync, table: 'dict' | 'resource') {
    this.#select = database.prepare(`select v from ${table} where id = ?`)
    this.#find = database.prepare(`select id from ${table} where v = ?`)
    this.#insert = database.prepare(`insert into ${table}(v) values (?) returning id`)
  }

  /** The number of a text, made when it is new. */
  id(text: string): number {
    return this.#entry(text).id
  }

  /** The number of a text that may be absent; then null. */
  idOrNull(text: string | undefined): number | null {
    return text === undefined ? null : this.#entry(text).id
  }

  /** The same text as the object that is kept here. */
  shared(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.#entry(text).text
  }

  /** The text of a number that is stored; of null, `undefined`. */
  text(id: number | null): string | undefined {
    return id === null ? undefined : (this.#texts.get(id) ?? this.#read(id))
  }

  /** The numbers given out from now on, until `stopNoting`: what looks for unused ones spares them. */
  noteGiven(): ReadonlySet<number> {
    this.#given = new Set()
    return this.#given
  }

  stopNoting(): void {
    this.#given = undefined
  }

  /** Forgets all texts: in this transaction some are deleted, whose numbers must not be given out again. */
  forget(): void {
    this.#entries = new Map()
    this.#texts = new Map()
    this.#characters = 0
  }

  #read(id: number): string {
    const text = this.shared(this.#select.get(id)!['v'] as string)!
    this.#texts.set(id, text)
    return text
  }

  #entry(text: string): Entry {
    const entry = this.#entries.get(text) ?? this.#load(text)
    this.#given?.add(entry.id)
    return entry
  }

  #load(text: string): Entry {
    // SQLite writes UTF-8, in which a lone surrogate cannot be said.
    const wellFormed = text.toWellFormed()
    const row = this.#find.get(wellFormed) ?? this.#insert.get(wellFormed)
    const entry = { id: row!['id'] as number, text: wellFormed }
    if (this.#entries.size >= maxTexts || this.#characters >= maxCharacters) this.forget()
    this.#entries.set(text, entry)
    this.#characters += text.length
    return entry
  }
}
