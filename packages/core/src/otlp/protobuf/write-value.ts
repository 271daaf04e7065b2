import { cutMarker, isInt64, isList, maxDepth, type Attributes, type AttributeValue } from '../any-value.ts'
import type { WireWriter } from './wire-writer.ts'

/** A KeyValue for each attribute, all under one field number. */
export function writeKeyValues(writer: WireWriter, field: number, attributes: Attributes, depth = 0): void {
  for (const key of Object.keys(attributes)) {
    const value = attributes[key]
    if (value === undefined) continue
    writer.message(field, () => {
      writer.text(1, key)
      writer.message(2, () => writeValue(writer, value, depth))
    })
  }
}

/** The fields of an AnyValue. Whole numbers that a number holds exactly are integers, as on the way in. */
export function writeValue(writer: WireWriter, value: AttributeValue, depth = 0): void {
  switch (typeof value) {
    case 'string':
      return writer.text(1, value)
    case 'boolean':
      return writer.count(2, value ? 1 : 0)
    case 'number':
      return writeNumber(writer, value)
    case 'bigint':
      return isInt64(value) ? writer.int64(3, value) : writer.text(1, `${value}`)
    case 'object':
      return writeNested(writer, value, depth)
    default:
      return undefined
  }
}

function writeNumber(writer: WireWriter, value: number): void {
  if (Number.isSafeInteger(value)) writer.int64(3, value)
  else if (Number.isFinite(value)) writer.double(4, value)
}

function writeNested(
  writer: WireWriter,
  value: Uint8Array | readonly AttributeValue[] | Attributes,
  depth: number,
): void {
  if (value instanceof Uint8Array) writer.bytes(7, value)
  else if (depth === maxDepth) writer.text(1, cutMarker)
  else if (isList(value)) writer.message(5, () => writeItems(writer, value, depth + 1))
  else writer.message(6, () => writeKeyValues(writer, 1, value, depth + 1))
}

function writeItems(writer: WireWriter, items: readonly AttributeValue[], depth: number): void {
  for (const item of items) writer.message(1, () => writeValue(writer, item, depth))
}
