import type { Content, JsonObject, JsonValue, LogEvent, TraceId } from '@tracellm/core'
import { canonicalJson, refsOf, type Body, type RecentMessages, type Refs } from '../bodies/index.ts'
import { joinRecordOf } from '../derive/index.ts'

/** A log record taken apart as a span is: its content as bodies, what the join looks at, and the rest. */
export interface SplitLogEvent {
  readonly digest: number
  readonly callKey: number | undefined
  /** `JoinRecord` as JSON. */
  readonly record: string
  readonly refs: Refs<Body>
  /** JSON of an object: what neither `record` nor the content tells. */
  readonly rest: string
}

export function splitLogEvent(event: LogEvent, recent: RecentMessages): SplitLogEvent {
  const record = joinRecordOf(event)
  const { userId, environment, release, toolCallId, requestId, attributes, body, severity, scope } = event
  const rest = { userId, environment, release, toolCallId, requestId, attributes, body, severity, scope }
  return {
    digest: record.digest,
    callKey: record.callKey,
    record: canonicalJson(record as object as JsonObject),
    refs: contentRefs(event, recent),
    rest: canonicalJson(rest as object as JsonObject),
  }
}

/** Histories come again with every call of a session, as they do in the spans of a trace. */
function contentRefs(event: LogEvent, recent: RecentMessages): Refs<Body> {
  const messages = recent.of((event.traceId ?? event.sessionId ?? '') as TraceId)
  const refs = refsOf(messages, contentOf(event.input, event.inputValue), contentOf(event.output, event.outputValue))
  if (event.toolDefinitions !== undefined) refs.tools = messages.tools(event.toolDefinitions)
  return refs
}

function contentOf(messages: LogEvent['input'], value: JsonValue | undefined): Content | undefined {
  if (messages !== undefined) return { form: 'messages', messages }
  return value === undefined ? undefined : { form: 'value', value }
}
