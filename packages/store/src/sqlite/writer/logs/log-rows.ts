import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { StoredRefs } from '../../../bodies/index.ts'
import type { JoinRecord } from '../../../derive/index.ts'
import type { Dictionary } from '../dictionary.ts'

/** A log record as it is stored. */
export interface LogRow {
  /** Under which it owns its entries, as a trace does. */
  readonly id: number
  /** The trace that it names. */
  readonly tid: number | undefined
  readonly record: JoinRecord
  /** Where its content lies. */
  readonly refs: StoredRefs
  /** The rest of the event. */
  readonly entry: number
  readonly resource: number
  /** The trace that it says something of. */
  readonly usedTid: number | undefined
}

export interface NewLogRow {
  readonly id: number
  readonly project: number
  readonly tid: number | undefined
  readonly digest: number
  readonly sessionId: string | undefined
  /** Of the call that it is about, where it names neither trace nor session. */
  readonly callKey: number | undefined
  /** `{"record":…,"refs":…}` */
  readonly facts: string
  readonly entry: number
  readonly resource: number
}

/** So many records that say nothing but whose call they are about are looked at of one call. */
const maxOfCall = 1000

/** The table `log_record`. */
export class LogRows {
  readonly #dict: Dictionary
  readonly #insert: StatementSync
  readonly #find: StatementSync
  readonly #ofTrace: StatementSync
  readonly #ofSession: StatementSync
  readonly #ofCall: StatementSync
  readonly #sessions: StatementSync
  readonly #use: StatementSync
  readonly #projects: Set<number>

  constructor(database: DatabaseSync, dict: Dictionary) {
    this.#dict = dict
    this.#insert = database.prepare(
      `insert into log_record(id, project, tid, digest, session, call_key, facts, entry, resource)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#find = database.prepare('select 1 from log_record where project = ? and digest = ?')
    const rows = 'select id, tid, facts, entry, resource, used_tid from log_record'
    this.#ofTrace = database.prepare(`${rows} where tid = :tid or used_tid = :tid`)
    this.#ofSession = database.prepare(`${rows} where project = ? and session = ?`)
    this.#ofCall = database.prepare(`${rows} where project = ? and call_key = ? order by id desc limit ${maxOfCall}`)
    this.#sessions = database.prepare(
      `select distinct d.v from log_record r join dict d on d.id = r.session where r.tid = :tid or r.used_tid = :tid`,
    )
    this.#use = database.prepare('update log_record set used_tid = ? where id = ?')
    const projects = database.prepare(
      'select id from project p where exists (select 1 from log_record where project = p.id)',
    )
    this.#projects = new Set(projects.all().map((row) => row['id'] as number))
  }

  /** Whether a project has any: most have none, and are then spared all that follows from them. */
  isUsedBy(project: number): boolean {
    return this.#projects.has(project)
  }

  has(project: number, digest: number): boolean {
    return this.#find.get(project, digest) !== undefined
  }

  add({ id, project, tid, digest, sessionId, callKey, facts, entry, resource }: NewLogRow): void {
    const session = this.#dict.idOrNull(sessionId)
    this.#insert.run(id, project, tid ?? null, digest, session, callKey ?? null, facts, entry, resource)
    this.#projects.add(project)
  }

  /** Those that name a trace, and those that it has something of. */
  ofTrace(tid: number): LogRow[] {
    return this.#ofTrace.all({ tid }).map(decode)
  }

  ofSession(project: number, sessionId: string): LogRow[] {
    return this.#ofSession.all(project, this.#dict.id(sessionId)).map(decode)
  }

  /** The newest that are about a call and name neither trace nor session. */
  ofCall(project: number, callKey: number): LogRow[] {
    return this.#ofCall.all(project, callKey).map(decode)
  }

  /** The sessions of records that name a trace or belong to it. */
  sessionsOf(tid: number): string[] {
    return this.#sessions.all({ tid }).map((row) => row['v'] as string)
  }

  setUsed({ id }: LogRow, tid: number | undefined): void {
    this.#use.run(tid ?? null, id)
  }
}

function decode(row: Record<string, SQLOutputValue>): LogRow {
  const { record, refs } = JSON.parse(row['facts'] as string) as Pick<LogRow, 'record' | 'refs'>
  return {
    id: row['id'] as number,
    tid: (row['tid'] as number | null) ?? undefined,
    record,
    refs,
    entry: row['entry'] as number,
    resource: row['resource'] as number,
    usedTid: (row['used_tid'] as number | null) ?? undefined,
  }
}
