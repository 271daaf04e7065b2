import type { LogEvent, Span } from '@tracellm/core'
import { shortDigestOf } from '../bodies/index.ts'

/**
 * One number for what a log record and the span of the same step both carry: the id of the model call, else that of the
 * tool call. Rows keep it, so that the two find each other without a look at their details.
 */
export function callKeyOfSpan({ call, tool }: Pick<Span, 'call' | 'tool'>): number | undefined {
  return callKey(call?.responseId, tool?.callId)
}

export function callKeyOfLogEvent({ requestId, toolCallId }: LogEvent): number | undefined {
  return callKey(requestId, toolCallId)
}

function callKey(requestId: string | undefined, toolCallId: string | undefined): number | undefined {
  if (requestId) return shortDigestOf(`request ${requestId}`)
  return toolCallId ? shortDigestOf(`tool ${toolCallId}`) : undefined
}
