import type { DecodedSpan } from '../otlp/span-request.ts'
import type { SpanError, SpanStatus } from '../span/span.ts'
import { present } from './present.ts'
import type { Reading } from './reading.ts'
import { text } from './readers.ts'
import { errorMessage, errorType, failed } from './table/step.ts'

export interface ReadStatus {
  readonly status: SpanStatus
  readonly error?: SpanError | undefined
}

/**
 * Whether the span failed, and why. An exception alone is no failure, for it may have been caught; but LangSmith
 * reports failed runs with status ok and an exception.
 */
export function readStatus(reading: Reading, { status, events }: DecodedSpan): ReadStatus {
  const exception = events.findLast(({ name }) => name === 'exception')?.attributes
  const isError =
    status.code === 2 ||
    reading.first(failed) === true ||
    (exception !== undefined && reading.subject.scope.name === 'langsmith')
  if (!isError) return { status: status.code === 1 ? 'ok' : 'unset' }
  return {
    status: 'error',
    error: present({
      message: text(status.message) ?? text(exception?.['exception.message']) ?? reading.first(errorMessage),
      type: reading.first(errorType) ?? text(exception?.['exception.type']),
    }),
  }
}
