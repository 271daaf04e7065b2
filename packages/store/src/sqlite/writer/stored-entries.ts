import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { TraceLLMError } from '@tracellm/core'
import {
  joinContent,
  joinContext,
  readRefs,
  type StoredContext,
  type StoredDetail,
  type StoredFill,
} from '../../bodies/index.ts'
import { cutShown, shownTextOf, type CutText, type TextSource } from '../../derive/index.ts'
import { InflatedEntries } from '../chunk.ts'
import { idParameter } from '../id-columns.ts'
import type { TraceEntry } from './trace-entry.ts'

/**
 * Reads back what the writer has stored, in the rare cases in which it needs to: what is sent with a batch is mostly
 * enough. Entries of the open chunk must have been written before.
 */
export class StoredEntries {
  readonly #chunk: StatementSync
  readonly #span: StatementSync
  #inflated: { readonly firstId: number; readonly entries: InflatedEntries } | undefined

  constructor(database: DatabaseSync) {
    this.#chunk = database.prepare('select id, z from chunk where id <= ? order by id desc limit 1')
    this.#span = database.prepare(
      `select s.detail, c.v as context, f.v as fill from span s
       left join trace_context c on c.tid = s.tid and c.n = s.context
       left join span_fill f on f.tid = s.tid and f.sid = s.sid
       where s.tid = ? and s.sid = ${idParameter}`,
    )
  }

  /** The canonical JSON of a body or detail. */
  readonly text = (id: number): string => {
    if (this.#inflated === undefined || id < this.#inflated.firstId || id >= this.#endOfInflated()) {
      const row = this.#chunk.get(id)
      this.#inflated = row && { firstId: row['id'] as number, entries: new InflatedEntries(row['z'] as Uint8Array) }
    }
    const text = this.#inflated?.entries.text(id - this.#inflated.firstId)
    if (text === undefined) throw new TraceLLMError('TL_STORE_CORRUPT', `entry ${id} is missing`)
    return text
  }

  /** A text that a trace shows. */
  shown({ tid }: TraceEntry, { spanId, text }: TextSource): CutText | undefined {
    const row = this.#span.get(tid, spanId)
    if (row === undefined) return undefined
    const context = parsed(row['context']) as StoredContext | undefined
    const detail = parsed(this.text(row['detail'] as number)) as StoredDetail
    const fill = parsed(row['fill']) as StoredFill | undefined
    const { traceInput, traceOutput } = joinContext(context, this.text)
    const own = joinContent(readRefs(detail.refs), this.text)
    const added = joinContent(readRefs(fill?.refs), this.text)
    const content = { traceInput, traceOutput, input: own.input ?? added.input, output: own.output ?? added.output }
    const found = content[text]
    return found && cutShown(shownTextOf(text, found))
  }

  /** Forgets what was read: chunks are being changed. */
  forget(): void {
    this.#inflated = undefined
  }

  #endOfInflated(): number {
    return this.#inflated!.firstId + this.#inflated!.entries.length
  }
}

function parsed(text: unknown): unknown {
  return typeof text === 'string' ? JSON.parse(text) : undefined
}
