/**
 * What a body holds that is not what its path says.
 *
 * The three requests share the numbers of their outer fields, so a body sent to the wrong path looks right down to its
 * records. There wire types and the lengths of ids tell them apart: field 1 is a trace id of 16 bytes in a span, eight
 * bytes of time in a log record, a name in a metric. The first record is enough, as it is only asked after a failure.
 */
import { OtlpDecodeError } from '../decode-error.ts'
import type { Signal } from '../request.ts'
import { WireReader } from './wire-reader.ts'

/** By field number: the wire type, or for an id its length (which may also be 0). */
const fieldShapes: Readonly<Record<Signal, Readonly<Record<number, number | { readonly idBytes: number }>>>> = {
  traces: {
    1: { idBytes: 16 },
    2: { idBytes: 8 },
    3: 2,
    4: { idBytes: 8 },
    5: 2,
    6: 0,
    7: 1,
    8: 1,
    9: 2,
    10: 0,
    11: 2,
    12: 0,
    13: 2,
    14: 0,
    15: 2,
    16: 5,
  },
  logs: { 1: 1, 2: 0, 3: 2, 5: 2, 6: 2, 7: 0, 8: 5, 9: { idBytes: 16 }, 10: { idBytes: 8 }, 11: 1, 12: 2 },
  metrics: { 1: 2, 2: 2, 3: 2, 5: 2, 7: 2, 9: 2, 10: 2, 11: 2, 12: 2 },
}

/** The signal whose records look like the first record of this body, when those of the path do not. */
export function guessSignal(body: Uint8Array, path: Signal): Signal | undefined {
  const fields = firstRecordFields(body)
  if (fields.length === 0 || fits(fields, path)) return undefined
  return (['traces', 'logs', 'metrics'] as const).find((signal) => fits(fields, signal))
}

interface Field {
  readonly number: number
  readonly wireType: number
  readonly length: number
}

function fits(fields: readonly Field[], signal: Signal): boolean {
  return fields.every(({ number, wireType, length }) => {
    const shape = fieldShapes[signal][number]
    if (typeof shape !== 'object') return shape === wireType
    return wireType === 2 && (length === shape.idBytes || length === 0)
  })
}

const maxFields = 100

/** The first outer fields of the first record; none when there is no record to be found. */
function firstRecordFields(body: Uint8Array): Field[] {
  const reader = new WireReader(body)
  try {
    const resourceEnd = enterFirst(reader, body.length, 0x0a)
    const scopeEnd = enterFirst(reader, resourceEnd, 0x12)
    return fieldsOf(reader, enterFirst(reader, scopeEnd, 0x12))
  } catch (error) {
    if (error instanceof OtlpDecodeError) return []
    throw error
  }
}

/** Goes into the first nested message with this tag and gives its end; stays at the end where there is none. */
function enterFirst(reader: WireReader, end: number, wanted: number): number {
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === wanted) return reader.nestedEnd(end)
    reader.skip(tag)
  }
  return end
}

function fieldsOf(reader: WireReader, end: number): Field[] {
  const fields: Field[] = []
  while (reader.position < end && fields.length < maxFields) {
    const tag = reader.tag()
    const wireType = tag & 7
    const valueStart = reader.position
    const length = wireType === 2 ? reader.nestedEnd(end) - reader.position : 0
    reader.position = valueStart
    reader.skip(tag)
    fields.push({ number: tag >>> 3, wireType, length })
  }
  return fields
}
