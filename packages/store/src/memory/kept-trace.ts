import { livingTrace, type ProjectId, type Span, type SpanId, type TraceId, type TraceLifecycle } from '@tracellm/core'

/** A trace as the memory store keeps it: what was sent, and what only time can tell. All else is computed when asked. */
export interface KeptTrace {
  readonly projectId: ProjectId
  readonly traceId: TraceId
  /** The environment that the key of its first write fixed. */
  readonly keyEnvironment: string | undefined
  /** Something came for it without a key: later proposals follow it. */
  unkeyed: boolean
  /** The version of each span that stands, as it was sent; none in a trace that log records alone make. */
  readonly spans: Map<SpanId, Span>
  lifecycle: TraceLifecycle
  /** Judged when it finished. */
  slow: boolean
  readonly createdUs: number
  updatedUs: number
}

export function newTrace(
  projectId: ProjectId,
  traceId: TraceId,
  keyEnvironment: string | undefined,
  nowUs: number,
): KeptTrace {
  return {
    projectId,
    traceId,
    keyEnvironment,
    unkeyed: false,
    spans: new Map(),
    lifecycle: livingTrace,
    slow: false,
    createdUs: nowUs,
    updatedUs: nowUs,
  }
}
