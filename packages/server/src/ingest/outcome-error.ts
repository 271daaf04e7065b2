import { TraceLLMError } from '@tracellm/core'
import type { Refusal } from './ingest.ts'

/** Why a request was not taken, as the error that its sender is told. */
export function outcomeError(outcome: Refusal): TraceLLMError {
  switch (outcome.status) {
    case 'malformed':
      return new TraceLLMError('TL_BAD_BODY', outcome.message, { extra: { ...outcome.extra } })
    case 'too-large':
      return new TraceLLMError(
        'TL_BODY_TOO_LARGE',
        'message' in outcome ? outcome.message : 'the body is larger than `max-body-bytes`',
      )
    case 'no-room':
      return new TraceLLMError('TL_QUEUE_FULL', 'as much as `max-queued-bytes` permits waits to be stored')
    case 'aborted':
      return new TraceLLMError('TL_BODY_TOO_SLOW', 'the client broke off before the whole body had come')
    case 'too-slow':
      return new TraceLLMError('TL_BODY_TOO_SLOW', 'the body did not arrive within `body-timeout-ms`')
    case 'unavailable':
      return new TraceLLMError('TL_STORE_UNAVAILABLE', outcome.message)
    case 'failed':
      return new TraceLLMError('TL_INTERNAL', outcome.message)
  }
}
