import { TraceLLMError } from '@tracellm/core'
import type { Signal } from '@tracellm/core/otlp'
import { bodyHeaders } from './body-headers.ts'

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

/** `/v1`, and what stands before it: an exporter that appends nothing sends to the endpoint it was told of. */
const bareEndpoint = /^(?:\/api\/public\/otel|\/otel)?(?:\/v1)?\/?$/

/** Whether a request for which there is no route looks like an export: sent to an endpoint alone, or in protobuf. */
export function isStrayExport({ method, url, headers }: Request): boolean {
  const body = bodyHeaders(headers)
  if (method !== 'POST' || body.status === 'unknown') return false
  return body.format === 'protobuf' || bareEndpoint.test(new URL(url).pathname)
}

/** What to tell the sender of one. */
export function strayExportError({ url }: Request): TraceLLMError {
  const { pathname, origin } = new URL(url)
  const appended = `OTLP goes to ${origin}/v1/traces (/v1/logs, /v1/metrics): set OTEL_EXPORTER_OTLP_ENDPOINT to ${origin}`
  const fix = `${appended}, or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT to the whole. Plain JSON traces go to /traces.`
  return new TraceLLMError('TL_ROUTE_NOT_FOUND', `nothing is taken in at ${pathname}`, { fix })
}
