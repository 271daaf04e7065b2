import { TraceLLMError, type ErrorCode } from '@tracellm/core'
import type { Signal } from '@tracellm/core/otlp'
import { plainTraceReceipt, plainTraceRequest } from '@tracellm/core/wire'
import { z } from 'zod'
import type { Identity } from '../access/identity.ts'
import { incomingOf } from '../incoming-of.ts'
import { problemResponse } from '../present/problem-response.ts'
import { defineRoute, type Route, type RouteRequest } from '../routes/route.ts'
import { bodyHeaders, type BodyHeaders } from './body-headers.ts'
import type { Routing } from './choose-project.ts'
import { takeBody, type IngestParts, type TakenBody } from './ingest.ts'
import { exportAnswer, statusAnswer } from './otlp-answer.ts'
import { otlpPrefixes } from './otlp-path.ts'
import { outcomeError } from './outcome-error.ts'
import { rememberRequest } from './remember-request.ts'

const signals: readonly Signal[] = ['traces', 'logs', 'metrics']

const otlpTypes = ['application/x-protobuf', 'application/json']

/** The routes that take spans, logs and metrics in. */
export function ingestRoutes(parts: IngestParts): Route[] {
  return [
    ...otlpPrefixes.flatMap((prefix) => signals.map((signal) => otlpRoute(parts, prefix, signal))),
    plainRoute(parts),
  ]
}

function otlpRoute(parts: IngestParts, prefix: string, signal: Signal): Route {
  return defineRoute({
    method: 'POST',
    path: `${prefix}/v1/${signal}`,
    undocumented: prefix !== '',
    scope: 'ingest',
    group: 'Taking in',
    summary: `Takes ${signal} in as OTLP, protobuf or JSON`,
    rawBody: { contentTypes: otlpTypes },
    contentTypes: otlpTypes,
    answer: z.unknown(),
    presentError: (error, request) => otlpError(parts, error, request),
    handle: (request) => takeOtlp(parts, signal, request),
  })
}

async function takeOtlp(parts: IngestParts, signal: Signal, { context, identity }: RouteRequest): Promise<Response> {
  const request = context.req.raw
  const headers = bodyHeaders(request.headers)
  if (headers.status === 'unknown') return refuseHeaders(parts, request, identity, headers)
  const taken = await takeBody(parts, request, incomingOf(context.env), {
    signal,
    format: headers.format,
    encoding: headers.encoding,
    routing: routingOf(identity, request.headers),
  })
  const answer = otlpAnswer(headers.format, signal, taken)
  rememberRequest(parts, request, { headers, identity, taken, status: answer.status })
  return answer
}

function otlpAnswer(format: 'protobuf' | 'json', signal: Signal, { outcome }: TakenBody): Response {
  if (outcome.status === 'taken') return exportAnswer(format, signal, outcome)
  const error = outcomeError(outcome)
  return statusAnswer(format, error.status, error.detail, retryAfter(error.status))
}

function refuseHeaders(
  parts: IngestParts,
  request: Request,
  identity: Identity,
  headers: BodyHeaders & { status: 'unknown' },
): Response {
  const refusal = { reason: unsupportedType, advice: headers.advice ?? headers.message }
  parts.counters.refuse(refusal.reason)
  rememberRequest(parts, request, { headers, identity, taken: undefined, status: 415, refusal })
  return statusAnswer(headers.format, 415, refusal.advice)
}

const unsupportedType = 'unsupported_type'

/** Why a request is counted as refused, where not as `bad_request`. */
const refusalReasons: Partial<Record<ErrorCode, string>> = {
  TL_KEY_REQUIRED: 'bad_key',
  TL_KEY_UNKNOWN: 'bad_key',
  TL_SCOPE_MISSING: 'scope_missing',
  TL_ORIGIN_FORBIDDEN: 'foreign_origin',
  TL_HOST_FORBIDDEN: 'foreign_host',
  TL_ROUTE_NOT_FOUND: 'wrong_path',
  TL_METHOD_NOT_ALLOWED: 'wrong_method',
  TL_STORE_UNAVAILABLE: 'store_unavailable',
  TL_INTERNAL: 'internal_error',
}

function otlpError(parts: IngestParts, error: TraceLLMError, request: Request): Response {
  refuseEarly(parts, error, request)
  return statusAnswer(bodyHeaders(request.headers).format, error.status, adviceOf(error))
}

/** Counts and lists a refusal from before the handler: no key, a wrong one, a foreign page, a path where nothing is. */
function refuseEarly(parts: IngestParts, error: TraceLLMError, request: Request): void {
  const headers = bodyHeaders(request.headers)
  const refusal = { reason: refusalReasons[error.code] ?? 'bad_request', advice: adviceOf(error) }
  parts.counters.refuse(refusal.reason)
  rememberRequest(parts, request, { headers, identity: undefined, taken: undefined, status: error.status, refusal })
}

function adviceOf({ detail, fix = '' }: TraceLLMError): string {
  return `${detail}. ${fix}`.trim()
}

function plainRoute(parts: IngestParts): Route {
  return defineRoute({
    method: 'POST',
    path: '/traces',
    scope: 'ingest',
    group: 'Taking in',
    summary: 'Takes one plain JSON trace in, or several',
    rawBody: { contentTypes: ['application/json'], schema: plainTraceRequest },
    answer: plainTraceReceipt,
    status: 201,
    // The path is read from too. What the handler refuses it has counted itself.
    presentError(error, request) {
      if (request.method === 'POST') refuseEarly(parts, error, request)
      return problemResponse(error)
    },
    handle: async ({ context, identity }) => {
      const request = context.req.raw
      const headers = bodyHeaders(request.headers)
      if (headers.status === 'unknown' || headers.format !== 'json') {
        const error = new TraceLLMError('TL_UNSUPPORTED_TYPE', plainTypeAdvice(headers))
        const refusal = { reason: unsupportedType, advice: error.detail }
        parts.counters.refuse(refusal.reason)
        rememberRequest(parts, request, { headers, identity, taken: undefined, status: 415, refusal })
        return problemResponse(error)
      }
      const taken = await takeBody(parts, request, incomingOf(context.env), {
        signal: 'plain',
        format: 'json',
        encoding: headers.encoding,
        routing: routingOf(identity, request.headers),
      })
      const { outcome } = taken
      if (outcome.status !== 'taken') {
        const error = outcomeError(outcome)
        rememberRequest(parts, request, { headers, identity, taken, status: error.status })
        return problemResponse(error)
      }
      rememberRequest(parts, request, { headers, identity, taken, status: 201 })
      return { traces: outcome.traces.map(({ traceId, spanCount }) => ({ trace_id: traceId, span_count: spanCount })) }
    },
  })
}

function plainTypeAdvice({ status, format }: BodyHeaders): string {
  const otlp = status === 'known' && format === 'protobuf'
  return otlp ? 'OTLP goes to /v1/traces; this takes a trace as application/json' : 'send the trace as application/json'
}

/** A key decides alone; without one a header of another product's SDK may name the project. */
function routingOf(identity: Identity, headers: Headers): Routing {
  const { projectId, environment } = identity.scope
  if (projectId !== undefined) return { fixed: { projectId, environment } }
  return { headerProject: headers.get('x-project-name') ?? headers.get('langsmith-project') ?? undefined }
}

function retryAfter(status: number): Record<string, string> {
  return status === 503 || status === 429 ? { 'retry-after': '1' } : {}
}
