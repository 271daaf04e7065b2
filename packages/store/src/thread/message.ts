import { TraceLLMError, type ErrorCode } from '@tracellm/core'

/** What goes over a line: calls one way, answers and events the other. */
export interface Call {
  readonly call: number
  readonly name: string
  readonly args: readonly unknown[]
}

export interface Answer {
  readonly answer: number
  readonly value?: unknown
  readonly error?: EncodedError
}

export interface Event {
  readonly event: string
  readonly data: unknown
}

export type ArgumentsOf<Called> = Called extends (...args: infer Arguments) => unknown ? Arguments : never
export type ResultOf<Called> = Called extends (...args: never[]) => infer Result ? Awaited<Result> : never

/** A failure as plain values: structured cloning would make an `Error` of any class of ours. */
export interface EncodedError {
  readonly code: ErrorCode
  readonly detail: string
  readonly fix: string | undefined
  readonly extra: Readonly<Record<string, unknown>>
  /** Where it came from, for the log. */
  readonly stack: string | undefined
}

export function encodeError(error: unknown): EncodedError {
  if (error instanceof TraceLLMError) {
    const { code, detail, fix, extra, stack } = error
    return { code, detail, fix, extra, stack }
  }
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
  return { ...encodeError(new TraceLLMError('TL_INTERNAL', message)), stack }
}

export function decodeError({ code, detail, fix, extra, stack }: EncodedError): TraceLLMError {
  const error = new TraceLLMError(code, detail, { fix, extra: { ...extra } })
  if (stack !== undefined) error.stack = stack
  return error
}
