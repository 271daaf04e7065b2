import { TraceLLMError } from '@tracellm/core'
import { plainTraceInput, plainTracesInput } from '@tracellm/core/wire'
import { checkInput } from '../routes/check-input.ts'
import { checkStepIds } from './check-step-ids.ts'
import { plainTraceSpans, type PlainTrace } from './plain-trace.ts'

/**
 * Reads the body of `POST /traces`: one trace, or `{ "traces": […] }`.
 * @throws TraceLLMError `TL_BAD_BODY`, with the wrong fields in `extra.errors`.
 */
export function readPlainTraces(bytes: Uint8Array, receivedUs: number): PlainTrace[] {
  const body = parseBody(bytes)
  refuseOtlp(body)
  const isList = typeof body === 'object' && body !== null && 'traces' in body
  const traces = isList
    ? checkInput(plainTracesInput, body, 'TL_BAD_BODY', 'body').traces
    : [checkInput(plainTraceInput, body, 'TL_BAD_BODY', 'body')]
  for (const [at, trace] of traces.entries()) checkStepIds(trace, isList ? `traces[${at}].` : '')
  return traces.map((trace, at) => plainTraceSpans(trace, receivedUs, isList ? `traces[${at}].` : ''))
}

/** Else its sender would be told of an unknown field. */
function refuseOtlp(body: unknown): void {
  if (typeof body !== 'object' || body === null) return
  const signal = (['traces', 'logs', 'metrics'] as const).find((each) => otlpFields[each] in body)
  if (signal === undefined) return
  throw new TraceLLMError('TL_BAD_BODY', `body: this is OTLP (${otlpFields[signal]}): send it to /v1/${signal}`)
}

const otlpFields = { traces: 'resourceSpans', logs: 'resourceLogs', metrics: 'resourceMetrics' }

function parseBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new TraceLLMError('TL_BAD_BODY', `body: not JSON (${error instanceof Error ? error.message : String(error)})`)
  }
}
