import { TraceLLMError } from '@tracellm/core'
import { Hono } from 'hono'
import { isStrayExport, signalOfPath } from './ingest/otlp-path.ts'
import { problemResponse } from './present/problem-response.ts'

/** `/v1/traces` and its like, under any of the prefixes that clients of other products use. */
const otlpPath = /^(?:\/api\/public\/otel|\/otel)?\/v1\/[a-z]+$/

/**
 * The OTLP paths of an application and nothing else of it, for the port that OpenTelemetry sends to by default. The
 * application also answers what was meant for one of them and tells what is wrong with it.
 */
export function createOtlpApp(app: Hono): Hono {
  const otlp = new Hono()
  otlp.all('*', ({ req, env }) => {
    const isMeantAsOtlp = signalOfPath(req.path) !== undefined || isStrayExport(req.raw)
    if (otlpPath.test(req.path) || isMeantAsOtlp) return app.fetch(req.raw, env)
    return problemResponse(
      new TraceLLMError('TL_ROUTE_NOT_FOUND', `there is no ${req.path} on this port, which takes OTLP only`, {
        fix: 'Everything else is on the main port.',
      }),
    )
  })
  return otlp
}
