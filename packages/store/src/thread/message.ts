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
  readonly stack: string | undefined
  /** What was thrown first, for the log: of a failure that nobody foresaw the rest says nothing. */
  readonly cause: EncodedCause | undefined
}

/** What was thrown, and what that came of. */
interface EncodedCause extends Pick<Error, 'name' | 'message' | 'stack'> {
  readonly cause?: EncodedCause | undefined
}

/** How far a chain of causes is followed: an error may be its own. */
const maxCauses = 5

/** What was thrown as one of ours. What nobody foresaw is the cause alone: its message may quote what a client sent. */
export function encodeError(error: unknown): EncodedError {
  const known =
    error instanceof TraceLLMError
      ? error
      : new TraceLLMError('TL_INTERNAL', 'something went wrong in the store that nobody expected', { cause: error })
  const { code, detail, fix, extra, stack } = known
  const cause = known.cause ?? (code === 'TL_INTERNAL' ? known : undefined)
  return { code, detail, fix, extra, stack, cause: cause === undefined ? undefined : encodeCause(cause) }
}

export function decodeError({ code, detail, fix, extra, stack, cause }: EncodedError): TraceLLMError {
  const error = new TraceLLMError(code, detail, { fix, extra: { ...extra }, cause: cause && decodeCause(cause) })
  if (stack !== undefined) error.stack = stack
  return error
}

function encodeCause(thrown: unknown, depth = 1): EncodedCause {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: textOf(thrown) }
  const { name, message, stack, cause } = thrown
  const isLast = cause === undefined || depth === maxCauses
  return { name, message, stack, cause: isLast ? undefined : encodeCause(cause, depth + 1) }
}

function decodeCause({ name, message, stack, cause }: EncodedCause): Error {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause: decodeCause(cause) })
  return Object.assign(error, { name, stack })
}

function textOf(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return 'something that is no text'
  }
}
