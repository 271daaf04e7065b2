import type { SpanId, TraceId } from '../ids/ids.ts'
import type { Span } from '../span/span.ts'

/** What a test says of a span: an id and a parent as small numbers, times in microseconds, and whatever else matters. */
export interface SampleSpan extends Partial<Omit<Span, 'spanId' | 'parentId'>> {
  readonly id: number
  readonly parent?: number
  readonly endUs?: number
}

/** A span for tests of this folder: plain, ended after 10 us unless `endUs` is given (as `undefined`, it is open). */
export function sampleSpan({ id, parent, ...said }: SampleSpan): Span {
  const startUs = said.startUs ?? 0
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c' as TraceId,
    spanId: sampleId(id),
    parentId: parent === undefined ? undefined : sampleId(parent),
    name: `span ${id}`,
    type: 'span',
    kind: 'internal',
    status: 'unset',
    startUs,
    endUs: startUs + 10,
    origin: 'span',
    context: {},
    attributes: {},
    events: [],
    links: [],
    source: { resource: { attributes: {} }, scope: {}, dialects: [], usedKeys: [], mappingVersion: 1 },
    ...said,
  }
}

export function sampleId(id: number): SpanId {
  return id.toString(16).padStart(16, '0') as SpanId
}
