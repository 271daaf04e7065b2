import { spanSummary } from '@tracellm/core'
import { keysOfRefs, readRefs, type StoredFill, type StoredRefs } from '../../../bodies/index.ts'
import { factsOf, fillableOf, fillOf, textsToShow, type JoinRecord, type SpanFill } from '../../../derive/index.ts'
import type { SpanRow } from '../span-rows.ts'
import type { Touch } from '../touch.ts'
import type { RowFacts, TraceEntry } from '../trace-entry.ts'
import type { WriterMemory } from '../writer-memory.ts'
import type { FillRow } from './fill-rows.ts'
import type { LogRow } from './log-rows.ts'
import { readSpan } from './read-span.ts'

/** Lays what records say over the spans that they belong to. */
export class SpanFiller {
  readonly #memory: WriterMemory
  readonly #touch: (entry: TraceEntry) => Touch

  constructor(memory: WriterMemory, touch: (entry: TraceEntry) => Touch) {
    this.#memory = memory
    this.#touch = touch
  }

  /** @param rows the records of the span, in the order in which they speak; none where it has none (any more) */
  fill(entry: TraceEntry, facts: RowFacts, rows: readonly LogRow[]): void {
    const before = entry.fills.get(facts.spanId)
    const records = rows.map((row) => row.record.digest)
    if (before === undefined ? records.length === 0 : records.join() === before.records.join()) return
    const { row, isNew } = this.#rowOf(entry, facts)
    const own = readSpan(this.#memory, entry, facts, row, undefined)
    const added = this.#storedFill(
      entry,
      fillOf(
        fillableOf(own),
        rows.map((each) => each.record),
      ),
      rows,
    )
    const after: FillRow | undefined =
      records.length === 0 ? undefined : { ...added, records, model: factsOf(own, 0).model }
    this.#memory.fills.write(entry.tid, facts.spanId, after)
    if (after === undefined) entry.fills.delete(facts.spanId)
    else entry.fills.set(facts.spanId, after)
    if (contentOf(before) !== contentOf(after)) this.#put(entry, facts, row, isNew, added)
  }

  /** The row of a span: in the making, where this transaction brings it. */
  #rowOf(entry: TraceEntry, { spanId }: RowFacts): { row: SpanRow; isNew: boolean } {
    return this.#touch(entry).written.get(spanId) ?? { row: this.#memory.spans.read(entry.tid, spanId), isNew: false }
  }

  #put(entry: TraceEntry, facts: RowFacts, row: SpanRow, isNew: boolean, fill: StoredFill | undefined): void {
    const span = readSpan(this.#memory, entry, facts, row, fill)
    const { texts, shown } = textsToShow(span)
    entry.state.put(this.#memory.keepFacts(factsOf(span, texts), facts.context, facts))
    this.#touch(entry).written.set(facts.spanId, { row: { ...row, summary: spanSummary(span) }, isNew, shown })
  }

  /** What is filled in as references to the bodies of the records, which the span's trace then uses. */
  #storedFill(
    entry: TraceEntry,
    fill: SpanFill<JoinRecord> | undefined,
    rows: readonly LogRow[],
  ): StoredFill | undefined {
    if (fill === undefined) return undefined
    const rowOf = ({ digest }: JoinRecord): LogRow => rows.find((row) => row.record.digest === digest)!
    const { input, output, tools, ...said } = fill
    const refs = refsOfFill({ input: input?.map(rowOf), output: output?.map(rowOf), tools: tools && rowOf(tools) })
    if (refs === undefined) return said
    for (const body of keysOfRefs(readRefs(refs))) this.#memory.bodies.addUse(body, entry.tid)
    return { refs, ...said }
  }
}

/** What a fill adds, without whose it is. */
function contentOf(fill: FillRow | undefined): string {
  if (fill === undefined) return '{}'
  const { records: _, model: __, ...added } = fill
  return JSON.stringify(added)
}

interface FillingRows {
  readonly input?: readonly LogRow[] | undefined
  readonly output?: readonly LogRow[] | undefined
  readonly tools?: LogRow | undefined
}

/** References to the content of records: their messages one after the other, or the value of the only one. */
export function refsOfFill({ input, output, tools }: FillingRows): StoredRefs | undefined {
  const refs: StoredRefs = {
    ...joinedRefs(input, 'in'),
    ...joinedRefs(input, 'inParts'),
    ...joinedRefs(output, 'out'),
    ...joinedRefs(output, 'outParts'),
    ...(tools?.refs.tools !== undefined && { tools: tools.refs.tools }),
  }
  return Object.keys(refs).length === 0 ? undefined : refs
}

function joinedRefs(rows: readonly LogRow[] = [], side: 'in' | 'out' | 'inParts' | 'outParts'): StoredRefs {
  const [first, ...others] = rows.flatMap(({ refs }) => refs[side] ?? [])
  if (first === undefined) return {}
  return { [side]: others.length === 0 ? first : [first, ...others].filter((runs) => runs !== '').join() }
}
