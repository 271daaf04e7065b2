import { isSpanId, isTraceId, TraceLLMError } from '@tracellm/core'

/** The last trace of a page: the next one goes on behind it, by start, trace id and project, all descending. */
export interface TraceCursor {
  readonly startUs: number
  /** Empty: behind all traces of that start. */
  readonly traceId: string
  readonly projectId: string
}

/** The last step of a page: the next one goes on behind it, by start, then span id, both ascending. */
export interface StepCursor {
  readonly startUs: number
  readonly spanId: string
}

export function encodeTraceCursor({ startUs, traceId, projectId }: TraceCursor): string {
  return encode(['t', startUs, traceId, projectId])
}

/** @throws TraceLLMError `TL_BAD_CURSOR`. */
export function decodeTraceCursor(text: string): TraceCursor {
  const [startUs, traceId, projectId] = decode(text, 't')
  const isTrace = traceId === '' || isTraceId(String(traceId))
  if (!isWhole(startUs) || !isTrace || typeof projectId !== 'string') throw badCursor()
  return { startUs, traceId: String(traceId), projectId }
}

export function encodeStepCursor({ startUs, spanId }: StepCursor): string {
  return encode(['s', startUs, spanId])
}

/** @throws TraceLLMError `TL_BAD_CURSOR`. */
export function decodeStepCursor(text: string): StepCursor {
  const [startUs, spanId] = decode(text, 's')
  if (!isWhole(startUs) || !isSpanId(String(spanId))) throw badCursor()
  return { startUs, spanId: String(spanId) }
}

function encode(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

function decode(text: string, kind: string): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(values) && values[0] === kind) return values.slice(1)
  } catch {
    // Falls through: whatever it was, it was none of ours.
  }
  throw badCursor()
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function badCursor(): TraceLLMError {
  return new TraceLLMError('TL_BAD_CURSOR', 'The cursor is not one that a list gave')
}
