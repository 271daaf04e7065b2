import type { TraceFilter } from './trace-filter.ts'

/** Under what the answers of the server are kept. A key begins with the resource, so that all of it can be found. */
export const queryKeys = {
  health: ['health'] as const,
  traces: (filter: TraceFilter) => ['traces', filter] as const,
  allTraces: ['traces'] as const,
  trace: (traceId: string, projectId: string | undefined) => ['trace', traceId, projectId] as const,
  allTrace: ['trace'] as const,
  span: (traceId: string, spanId: string, projectId: string | undefined) =>
    ['span', traceId, spanId, projectId] as const,
  allSpans: ['span'] as const,
  body: (traceId: string, body: string, projectId: string | undefined) => ['body', traceId, body, projectId] as const,
}
