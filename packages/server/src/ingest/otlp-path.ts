import type { Signal } from '@tracellm/core/otlp'

/** Where clients of other products send: the Langfuse SDK, and the LangSmith SDK. */
export const otlpPrefixes: readonly string[] = ['', '/api/public/otel', '/otel']

/**
 * What a path like one of OTLP takes: `/my/prefix/v1/traces` traces, and `/v1/traces/v1/logs` logs. Exporters append
 * theirs to whatever endpoint they are told of, so that one told of too long an endpoint sends there.
 */
export function signalOfPath(path: string): Signal | undefined {
  return /\/v1\/(traces|logs|metrics)\/?$/.exec(path)?.[1] as Signal | undefined
}

/** What to do about requests to a path like one of OTLP where there is nothing. */
export function otlpPathAdvice(signal: Signal, origin: string): string {
  const own = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`
  const appended = `Set OTEL_EXPORTER_OTLP_ENDPOINT to ${origin}, without a path: exporters append /v1/${signal}`
  return `${appended}. ${own}, where it is set, is the whole of ${origin}/v1/${signal}.`
}
