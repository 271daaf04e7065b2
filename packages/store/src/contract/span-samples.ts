import type { Content, Message, ModelCall, ProjectId, Resource, Span, SpanId, TraceId } from '@tracellm/core'
import type { WriteBatch, WriteGroup } from '../port/write-batch.ts'

/** Tuesday, 2 January 2024, 12:00 UTC: when samples start unless they say otherwise. */
export const sampleStartUs = Date.UTC(2024, 0, 2, 12) * 1000

/** A year later: the time by the clock of a store that is given one. */
export const sampleNowUs = Date.UTC(2025, 0, 2, 12) * 1000

/** What a test says of a span: ids as small numbers, and whatever else matters to it. */
export interface SpanSample extends Partial<Omit<Span, 'traceId' | 'spanId' | 'parentId'>> {
  /** The number of its trace (1). */
  readonly trace?: number
  /** Its own number (1). */
  readonly id?: number
  /** That of its parent; absent for a root. */
  readonly parent?: number
  /** Microseconds after `sampleStartUs` (0), unless `startUs` is given. */
  readonly afterUs?: number
  /** How long it took (1,000), unless `endUs` is given; `null` leaves it open. */
  readonly durationUs?: number | null
}

/** A plain span, ended and unset, with what the sample says. */
export function spanOf(sample: SpanSample = {}): Span {
  const { trace = 1, id = 1, parent, afterUs = 0, durationUs = 1000, ...said } = sample
  const startUs = said.startUs ?? sampleStartUs + afterUs
  const span: Span = {
    traceId: traceIdOf(trace),
    spanId: spanIdOf(id),
    name: `span ${id}`,
    type: 'span',
    kind: 'internal',
    status: 'unset',
    startUs,
    origin: 'span',
    context: {},
    attributes: {},
    events: [],
    links: [],
    source: { resource: plainResource, scope: { name: 'sample' }, dialects: [], usedKeys: [], mappingVersion: 1 },
    ...(parent === undefined ? {} : { parentId: spanIdOf(parent) }),
    ...(durationUs === null ? {} : { endUs: startUs + durationUs }),
    ...said,
  }
  return span
}

const plainResource: Resource = { attributes: { 'service.name': 'sample' } }

/** A model call with tokens and a cost that follows from them. */
export function callOf(model: string, inputTokens: number, outputTokens: number): ModelCall {
  return {
    provider: 'openai',
    requestModel: model,
    usage: { inputTokens, outputTokens },
    cost: { nanoUsd: inputTokens * 10 + outputTokens * 40, source: 'reported' },
  }
}

export function textMessage(role: string, text: string): Message {
  return { role, parts: [{ type: 'text', text }] }
}

export function messagesOf(...messages: readonly Message[]): Content {
  return { form: 'messages', messages }
}

export function traceIdOf(number: number): TraceId {
  return `a${number.toString(16).padStart(31, '0')}` as TraceId
}

export function spanIdOf(number: number): SpanId {
  return `b${number.toString(16).padStart(15, '0')}` as SpanId
}

export const projectA = 'project-a' as ProjectId
export const projectB = 'project-b' as ProjectId
export const projectC = 'project-c' as ProjectId

/** A batch of one group: of `projectA` by its key, unless `group` says otherwise. */
export function batchOf(spans: readonly Span[], group: Partial<WriteGroup> = {}): WriteBatch {
  return { groups: [{ projectId: projectA, fixed: true, spans, logEvents: [], ...group }] }
}
