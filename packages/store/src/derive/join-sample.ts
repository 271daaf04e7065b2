import type { SpanId, TraceId } from '@tracellm/core'
import type { JoinRecord, JoinSpan } from './join-facts.ts'

/** A model call of session `s` from 1,000 ms to 2,000 ms, with what a test says of it. Times are milliseconds. */
export function sampleSpan(
  id: string,
  said: Partial<Omit<JoinSpan, 'traceId' | 'spanId'>> & { trace?: string; fromMs?: number; toMs?: number | null } = {},
): JoinSpan {
  const { trace = 't', fromMs = 1000, toMs = fromMs + 1000, ...facts } = said
  return {
    traceId: trace as TraceId,
    spanId: id as SpanId,
    type: 'llm',
    startUs: fromMs * 1000,
    endUs: toMs === null ? undefined : toMs * 1000,
    sessionId: 's',
    callKey: undefined,
    toolName: undefined,
    model: undefined,
    ...facts,
  }
}

let digests = 0

/** A coding agent's record of session `s` about a model call, with what a test says of it. */
export function sampleRecord(
  said: Partial<Omit<JoinRecord, 'traceId' | 'spanId'>> & { atMs: number; trace?: string; span?: string },
): JoinRecord {
  const { atMs, trace, span, ...facts } = said
  return {
    digest: ++digests,
    name: 'agent.step',
    dialect: 'agent',
    about: 'llm',
    timeUs: atMs * 1000,
    sessionId: 's',
    traceId: trace as TraceId | undefined,
    spanId: span as SpanId | undefined,
    ...facts,
  }
}

/** One that stands for a model call which took a second, unless it says otherwise. */
export function sampleCall(
  said: Parameters<typeof sampleRecord>[0] & { tookMs?: number; failed?: boolean },
): JoinRecord {
  const { tookMs = 1000, failed = false, ...facts } = said
  return sampleRecord({ standsFor: { type: 'llm', name: 'large', durationUs: tookMs * 1000, failed }, ...facts })
}

export function sampleTool(said: Parameters<typeof sampleRecord>[0]): JoinRecord {
  return sampleRecord({ about: 'tool', standsFor: { type: 'tool', name: 'Bash', durationUs: 1_000_000 }, ...said })
}

export function samplePrompt(said: Parameters<typeof sampleRecord>[0]): JoinRecord {
  const input = { parts: 1, isOneOfMany: false }
  return sampleRecord({ about: 'prompt', standsFor: { type: 'prompt', name: 'agent' }, input, ...said })
}
