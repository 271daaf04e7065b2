import { errorTable, type ErrorCode } from './error-table.ts'

/** A failure with a code from one table. The server sends it as problem+json, the CLI prints title, detail and fix. */
export class TraceLLMError extends Error {
  override readonly name = 'TraceLLMError'
  readonly code: ErrorCode
  /** What and where, for a person. */
  readonly detail: string
  /** What to do about it. */
  readonly fix: string | undefined
  /** Facts for programs, such as `{ project_ids: […] }`: they go into the problem document as they are. */
  readonly extra: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    detail: string,
    options: ErrorOptions & { fix?: string; extra?: Record<string, unknown> } = {},
  ) {
    super(`${errorTable[code].title}: ${detail}`, options)
    this.code = code
    this.detail = detail
    this.fix = options.fix ?? errorTable[code].fix
    this.extra = options.extra ?? {}
  }

  get status(): number {
    return errorTable[this.code].status
  }

  get title(): string {
    return errorTable[this.code].title
  }
}
