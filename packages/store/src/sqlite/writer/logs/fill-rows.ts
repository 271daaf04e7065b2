import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { SpanId } from '@tracellm/core'
import type { StoredFill } from '../../../bodies/index.ts'
import { idParameter, idText } from '../../id-columns.ts'

/** What log records add to a span, as it is stored. */
export interface FillRow extends StoredFill {
  /** The digests of its records, in the order in which they speak. */
  readonly records: readonly number[]
  /** The model as the span itself tells it. */
  readonly model?: string | undefined
}

/** The table `span_fill`. */
export class FillRows {
  readonly #write: StatementSync
  readonly #delete: StatementSync
  readonly #read: StatementSync

  constructor(database: DatabaseSync) {
    this.#write = database.prepare(`insert or replace into span_fill(tid, sid, v) values (?, ${idParameter}, ?)`)
    this.#delete = database.prepare(`delete from span_fill where tid = ? and sid = ${idParameter}`)
    this.#read = database.prepare(`select ${idText('sid')} sid, v from span_fill where tid = ?`)
  }

  write(tid: number, spanId: SpanId, fill: FillRow | undefined): void {
    if (fill === undefined) this.#delete.run(tid, spanId)
    else this.#write.run(tid, spanId, JSON.stringify(fill))
  }

  load(tid: number): Map<SpanId, FillRow> {
    return new Map(this.#read.all(tid).map((row) => [row['sid'] as SpanId, JSON.parse(row['v'] as string) as FillRow]))
  }
}
