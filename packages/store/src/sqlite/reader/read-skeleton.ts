import { spanStatuses, spanTypes, TraceLLMError, type SpanId, type TraceId } from '@tracellm/core'
import type { SkeletonColumns } from '../../port/queries.ts'
import type { View } from './view.ts'

const maxSpans = 200_000

/** A power of two above it. */
const maxPlaces = 2 ** 18

/** Columns of one trace, each in the order of span ids. */
interface RawColumns {
  readonly spanId: readonly SpanId[]
  /** Empty where there is none. */
  readonly parent: readonly (SpanId | '')[]
  /** Name, type and status as one number: each column costs a walk through all rows. */
  readonly kind: readonly number[]
  readonly offsetUs: readonly number[]
  readonly durationUs: readonly (number | null)[]
  readonly tokens: readonly (number | null)[]
  readonly costNanoUsd: readonly (number | null)[]
  readonly errors: Readonly<Record<SpanId, string>>
}

/** SQL of each column but the errors, of which there are few. */
const columnSql: Readonly<Record<Exclude<keyof RawColumns, 'errors'>, string>> = {
  spanId: 'hex(sid)',
  parent: 'hex(parent)',
  kind: 'name * 64 + type * 4 + status',
  // Numbers are bound as floating point: without the cast SQLite would write each offset as one.
  offsetUs: 'start_us - cast(:startUs as integer)',
  durationUs: 'dur',
  tokens: 'iif(in_tok is null and out_tok is null, null, coalesce(in_tok, 0) + coalesce(out_tok, 0))',
  costNanoUsd: 'cost',
}

/**
 * All spans of a trace as columns, in start order.
 * @throws TraceLLMError `TL_TRACE_TOO_LARGE` above 200,000 spans.
 */
export function readSkeleton(view: View, traceId: TraceId): SkeletonColumns {
  const { tid } = view.findTrace(traceId)
  const { spans, startUs } = extentOf(view, tid)
  if (spans > maxSpans) {
    throw new TraceLLMError('TL_TRACE_TOO_LARGE', `${traceId} has ${spans} spans, a skeleton at most ${maxSpans}`)
  }
  const columns = rawColumns(view, tid, startUs)
  const order = startOrder(columns.offsetUs)
  const rows = rowsOf(columns.spanId, order)
  return {
    count: order.length,
    startUs,
    ...kindColumns(view, inOrder(columns.kind, order)),
    spanId: inOrder(columns.spanId, order),
    parent: inOrder(parentRows(columns.parent, rows), order),
    offsetUs: inOrder(columns.offsetUs, order),
    durationUs: inOrder(columns.durationUs, order),
    ...(hasAny(columns.tokens) && { tokens: inOrder(columns.tokens, order) }),
    ...(hasAny(columns.costNanoUsd) && { costNanoUsd: inOrder(columns.costNanoUsd, order) }),
    ...errorColumn(columns.errors, rows),
  }
}

function extentOf({ reader }: View, tid: number): { spans: number; startUs: number } {
  const row = reader.prepare('select spans, start_us startUs from trace where id = ?').get(tid)
  return row as unknown as { spans: number; startUs: number }
}

/** SQLite writes each column as one JSON text: that and parsing it take two thirds of the time that rows would. */
function rawColumns({ reader }: View, tid: number, startUs: number): RawColumns {
  const select = Object.entries(columnSql).map(([column, sql]) => `json_group_array(${sql}) ${column}`)
  const errors = 'json_group_object(lower(hex(sid)), error) filter (where error is not null) errors'
  const texts = reader
    .prepare(`select ${select.join(', ')}, ${errors} from span where tid = :tid`)
    .get({ tid, startUs })!
  return Object.fromEntries(
    Object.entries(texts).map(([column, text]) => [column, JSON.parse(lowerIds(column, String(text))) as unknown]),
  ) as unknown as RawColumns
}

/** `hex` writes capitals: to lower all at once takes a tenth of what `lower` takes for each. */
function lowerIds(column: string, json: string): string {
  return column === 'spanId' || column === 'parent' ? json.toLowerCase() : json
}

/**
 * Places in the columns by start, then id, in whose order they are. Start and place are one number where both have
 * room in it: numbers alone are sorted twice as fast.
 */
function startOrder(offsetsUs: readonly number[]): Uint32Array {
  const keys = new Float64Array(offsetsUs.length)
  for (let place = 0; place < keys.length; place++) keys[place] = offsetsUs[place]! * maxPlaces + place
  const sorted = keys.toSorted()
  const order = new Uint32Array(keys.length)
  for (let row = 0; row < order.length; row++) order[row] = sorted[row]! % maxPlaces
  if (keys.length === 0 || sorted.at(-1)! <= Number.MAX_SAFE_INTEGER) return order
  return order.map((_, place) => place).toSorted((one, other) => offsetsUs[one]! - offsetsUs[other]! || one - other)
}

// The loops below are plain on purpose: each runs over all spans, and written with closures takes twice as long.

function inOrder<Value>(values: readonly Value[], order: Uint32Array): Value[] {
  const placed: Value[] = []
  for (let row = 0; row < order.length; row++) placed.push(values[order[row]!]!)
  return placed
}

/** The row that each span will be. */
function rowsOf(spanIds: readonly SpanId[], order: Uint32Array): ReadonlyMap<SpanId, number> {
  const rowOfPlace = new Uint32Array(order.length)
  for (let row = 0; row < order.length; row++) rowOfPlace[order[row]!] = row
  const rows = new Map<SpanId, number>()
  for (let place = 0; place < order.length; place++) rows.set(spanIds[place]!, rowOfPlace[place]!)
  return rows
}

function parentRows(parents: readonly (SpanId | '')[], rows: ReadonlyMap<SpanId, number>): number[] {
  const found: number[] = []
  for (const parent of parents) found.push(parent === '' ? -1 : (rows.get(parent) ?? -1))
  return found
}

function errorColumn(
  errors: Readonly<Record<SpanId, string>>,
  rows: ReadonlyMap<SpanId, number>,
): Pick<SkeletonColumns, 'error'> {
  const failed = Object.entries(errors) as [SpanId, string][]
  if (failed.length === 0) return {}
  const error = Array.from(rows, (): string | null => null)
  for (const [spanId, text] of failed) error[rows.get(spanId)!] = text
  return { error }
}

/** A trace has some tens of kinds at most, whatever its length: each is looked at once. */
function kindColumns(
  { reader }: View,
  kinds: readonly number[],
): Pick<SkeletonColumns, 'names' | 'name' | 'type' | 'status'> {
  const places = new Map([...new Set(kinds.map((kind) => Math.floor(kind / 64)))].map((name, place) => [name, place]))
  const decoded = new Map(
    [...new Set(kinds)].map((kind) => [
      kind,
      {
        name: places.get(Math.floor(kind / 64))!,
        type: spanTypes[Math.floor(kind / 4) % 16]!,
        status: spanStatuses[kind % 4]!,
      },
    ]),
  )
  const columns = kinds.map((kind) => decoded.get(kind)!)
  return {
    names: [...places.keys()].map((name) => reader.dictionary.text(name) ?? ''),
    name: columns.map(({ name }) => name),
    type: columns.map(({ type }) => type),
    status: columns.map(({ status }) => status),
  }
}

function hasAny(values: readonly unknown[]): boolean {
  return values.some((value) => value !== null)
}
