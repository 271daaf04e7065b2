import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CutText } from '../../derive/index.ts'
import { idParameter } from '../id-columns.ts'
import type { TraceEntry } from './trace-entry.ts'

/** Texts of a trace as lists show them. */
export interface TraceTexts {
  readonly prompt: CutText | undefined
  readonly response: CutText | undefined
}

/** The table `trace_text`, which is written once or twice a trace. */
export class TextRows {
  readonly #write: StatementSync
  readonly #read: StatementSync
  readonly #delete: StatementSync

  constructor(database: DatabaseSync) {
    const columns = 'id, prompt, response, prompt_span, response_span, failure, metadata'
    const values = `?, ?, ?, ${idParameter}, ${idParameter}, ?, ?`
    this.#write = database.prepare(`insert or replace into trace_text(${columns}) values (${values})`)
    this.#delete = database.prepare('delete from trace_text where id = ?')
    this.#read = database.prepare('select prompt, response, prompt_span, response_span from trace_text where id = ?')
  }

  write({ tid, totals }: TraceEntry, { prompt, response }: TraceTexts): void {
    const { failureReason, metadata, prompt: asked, response: answered } = totals!
    this.#write.run(
      tid,
      prompt?.text ?? null,
      response?.text ?? null,
      prompt?.isCut === true ? asked!.spanId : null,
      response?.isCut === true ? answered!.spanId : null,
      failureReason ?? null,
      Object.keys(metadata).length === 0 ? null : JSON.stringify(metadata),
    )
  }

  /** Of a trace that has no spans any more. */
  delete(entry: TraceEntry): void {
    this.#delete.run(entry.tid)
    entry.texts = undefined
  }

  read(tid: number): TraceTexts {
    const row = this.#read.get(tid)
    return {
      prompt: cut(row?.['prompt'], row?.['prompt_span']),
      response: cut(row?.['response'], row?.['response_span']),
    }
  }
}

function cut(text: unknown, span: unknown): CutText | undefined {
  return typeof text === 'string' ? { text, isCut: span !== null } : undefined
}
