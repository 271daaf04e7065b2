import type { Content, JsonObject, JsonValue, LogEvent, Span } from '@tracellm/core'

/** Takes secrets out before anything is stored. */
export interface Redaction {
  readonly span: (span: Span) => Span
  readonly logEvent: (event: LogEvent) => LogEvent
}

const unchanged: Redaction = { span: (span) => span, logEvent: (event) => event }

/**
 * Replaces what matches one of the patterns by `[redacted]`, in every text that a span or log record carries: inputs,
 * outputs, attributes, events, errors, names. Ids, times and numbers stay.
 * @param patterns regular expressions as text, from the `redact` setting; none is the default.
 * @throws SyntaxError for a pattern that is no regular expression.
 */
export function redactionOf(patterns: readonly string[]): Redaction {
  if (patterns.length === 0) return unchanged
  const expression = new RegExp(patterns.map((pattern) => `(?:${pattern})`).join('|'), 'g')
  const redactText = (text: string) => text.replace(expression, '[redacted]')
  const walk = <Value>(value: Value): Value => redactValue(value as JsonValue, redactText) as Value
  return {
    span: ({ traceId, spanId, parentId, source, ...rest }) => ({
      ...walk(rest),
      traceId,
      spanId,
      ...(parentId !== undefined && { parentId }),
      source: { ...source, resource: walk(source.resource), scope: walk(source.scope) },
    }),
    logEvent: ({ traceId, spanId, sessionId, promptId, requestId, toolCallId, ...rest }) => ({
      ...walk(rest),
      ...(traceId !== undefined && { traceId }),
      ...(spanId !== undefined && { spanId }),
      ...(sessionId !== undefined && { sessionId }),
      ...(promptId !== undefined && { promptId }),
      ...(requestId !== undefined && { requestId }),
      ...(toolCallId !== undefined && { toolCallId }),
    }),
  }
}

/** Spans are plain data, so they are walked like JSON. Nesting was bounded when they were decoded. */
function redactValue(value: JsonValue | Content | undefined, redactText: (text: string) => string): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map((item: JsonValue) => redactValue(item, redactText))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, item]) => [key, redactValue(item, redactText)]),
  )
}
