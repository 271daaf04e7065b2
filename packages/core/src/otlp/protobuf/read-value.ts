import {
  cutMarker,
  finiteNumber,
  isList,
  maxDepth,
  newAttributes,
  noAttributes,
  noItems,
  setAttribute,
  type AttributesInMaking,
  type AttributeValue,
} from '../any-value.ts'
import type { WireReader } from './wire-reader.ts'

/** Reads a KeyValue into what is to hold it, `depth` lists and objects deep. */
export function readKeyValue(reader: WireReader, end: number, depth: number, into: AttributesInMaking): void {
  let key = ''
  let value: AttributeValue
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) key = reader.text(end)
    else if (tag === 0x12) value = readValue(reader, reader.nestedEnd(end), depth, value)
    else reader.skip(tag)
  }
  reader.finish(end)
  setAttribute(into, key, value)
}

/**
 * Reads an AnyValue. What is nested too deeply is stepped over by its length, so no depth of nesting costs stack.
 * @param earlier what an earlier part of the same message held: lists and objects go on, everything else is replaced
 */
export function readValue(reader: WireReader, end: number, depth: number, earlier?: AttributeValue): AttributeValue {
  let value = earlier
  while (reader.position < end) {
    const tag = reader.tag()
    switch (tag) {
      case 0x0a: // 1 string_value
        value = reader.text(end)
        break
      case 0x10: // 2 bool_value
        value = reader.varint() !== 0
        break
      case 0x18: // 3 int_value
        value = reader.int64()
        break
      case 0x21: // 4 double_value
        value = finiteNumber(reader.double())
        break
      case 0x2a: // 5 array_value
      case 0x32: // 6 kvlist_value
        value = readNested(reader, reader.nestedEnd(end), depth, tag, value)
        break
      case 0x3a: // 7 bytes_value
        value = reader.bytes(end)
        break
      default:
        reader.skip(tag)
    }
  }
  reader.finish(end)
  return value
}

function readNested(
  reader: WireReader,
  end: number,
  depth: number,
  tag: number,
  earlier: AttributeValue,
): AttributeValue {
  if (depth === maxDepth) {
    reader.position = end
    return cutMarker
  }
  return tag === 0x2a ? readArray(reader, end, depth, earlier) : readObject(reader, end, depth, earlier)
}

function readArray(reader: WireReader, end: number, depth: number, earlier: AttributeValue): AttributeValue {
  let items = isFilledList(earlier) ? earlier : undefined
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) (items ??= []).push(readValue(reader, reader.nestedEnd(end), depth + 1))
    else reader.skip(tag)
  }
  reader.finish(end)
  return items ?? noItems
}

function readObject(reader: WireReader, end: number, depth: number, earlier: AttributeValue): AttributeValue {
  let object = isFilledObject(earlier) ? earlier : undefined
  while (reader.position < end) {
    const tag = reader.tag()
    if (tag === 0x0a) readKeyValue(reader, reader.nestedEnd(end), depth + 1, (object ??= newAttributes()))
    else reader.skip(tag)
  }
  reader.finish(end)
  return object ?? noAttributes
}

// Of what an earlier part has left only what has something in it can be filled on: the empty ones are shared.

function isFilledList(value: AttributeValue): value is AttributeValue[] {
  return isList(value) && value.length > 0
}

function isFilledObject(value: AttributeValue): value is AttributesInMaking {
  return typeof value === 'object' && value !== noAttributes && !isList(value) && !(value instanceof Uint8Array)
}
