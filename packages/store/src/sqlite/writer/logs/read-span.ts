import type { Resource, Span, SpanSource } from '@tracellm/core'
import { joinSpan, type StoredContext, type StoredDetail, type StoredFill } from '../../../bodies/index.ts'
import type { SpanRow } from '../span-rows.ts'
import type { RowFacts, TraceEntry } from '../trace-entry.ts'
import type { WriterMemory } from '../writer-memory.ts'

/** A span read back whole, with a fill laid over it or as it was sent. The chunks of its entries are written. */
export function readSpan(
  { entries, resources }: WriterMemory,
  entry: TraceEntry,
  facts: RowFacts,
  row: SpanRow,
  fill: StoredFill | undefined,
): Span {
  const { spanId, parentId, name, type, status, startUs, endUs, declaredAttempt } = facts
  const source = JSON.parse(resources.text(row.source)!) as Omit<SpanSource, 'resource'>
  const narrow = {
    traceId: entry.traceId,
    spanId,
    ...(parentId !== undefined && { parentId }),
    name,
    type,
    kind: row.kind,
    status,
    startUs,
    ...(endUs !== undefined && { endUs }),
    origin: row.isFromLog ? ('log' as const) : ('span' as const),
    ...(declaredAttempt !== undefined && { declaredAttempt }),
  }
  const stored = {
    narrow,
    source: { resource: JSON.parse(resources.text(facts.resource)!) as Resource, ...source },
    detail: JSON.parse(entries.text(row.detail)) as StoredDetail,
    context: contextOf(entry, row.context),
    fill,
  }
  return joinSpan(stored, entries.text)
}

function contextOf({ contexts }: TraceEntry, number: number | undefined): StoredContext | undefined {
  if (number === undefined) return undefined
  for (const [text, { n }] of contexts) if (n === number) return JSON.parse(text) as StoredContext
  return undefined
}
