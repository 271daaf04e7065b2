import type { AttributeList } from '../attribute-list.ts'
import {
  cutMarker,
  finiteNumber,
  maxDepth,
  newAttributes,
  setAttribute,
  type AttributesInMaking,
  type AttributeValue,
} from '../any-value.ts'
import { bytesOfBase64 } from './base64.ts'
import {
  double,
  fieldsOf,
  forEachIn,
  inside,
  int64,
  isGiven,
  isJsonFields,
  textField,
  wrongType,
  type JsonFields,
} from './json-fields.ts'

/** Reads the list of KeyValue under a key. */
export function readAttributes(owner: JsonFields, key: string, into: AttributeList): void {
  forEachIn(owner, key, (item) => readKeyValue(item, 0, into.next()))
}

function readKeyValue(item: unknown, depth: number, into: AttributesInMaking): void {
  const fields = fieldsOf(item)
  setAttribute(into, textField(fields, 'key'), readValueField(fields, 'value', depth))
}

/** Reads the AnyValue under a key; a missing one and null are no value. */
export function readValueField(owner: JsonFields, key: string, depth: number): AttributeValue {
  const value = owner[key]
  if (!isGiven(value)) return undefined
  // The commonest by far, before anything is made that could name the place of an error.
  if (isJsonFields(value) && typeof value.stringValue === 'string') return value.stringValue.toWellFormed()
  return inside(key, () => readValue(value, depth))
}

function readValue(value: unknown, depth: number): AttributeValue {
  if (!isGiven(value)) return undefined
  const fields = fieldsOf(value)
  for (const [key, read] of valueReaders) {
    const held = fields[key]
    if (isGiven(held)) return inside(key, () => read(held, depth))
  }
  return undefined
}

/** What an AnyValue may hold. Of several the first of this table counts, though there should be one. */
const valueReaders: readonly (readonly [string, (held: unknown, depth: number) => AttributeValue])[] = [
  ['stringValue', readText],
  ['intValue', int64],
  ['boolValue', readBoolean],
  ['doubleValue', (held) => finiteNumber(double(held))],
  ['arrayValue', readArray],
  ['kvlistValue', readKeyValues],
  ['bytesValue', readBytes],
]

function readText(held: unknown): string {
  if (typeof held !== 'string') throw wrongType('a text', held)
  return held.toWellFormed()
}

function readBoolean(held: unknown): boolean {
  if (typeof held !== 'boolean') throw wrongType('true or false', held)
  return held
}

function readArray(held: unknown, depth: number): AttributeValue {
  if (depth === maxDepth) return cutMarker
  const items: AttributeValue[] = []
  forEachIn(fieldsOf(held), 'values', (item) => items.push(readValue(item, depth + 1)))
  return items
}

function readKeyValues(held: unknown, depth: number): AttributeValue {
  if (depth === maxDepth) return cutMarker
  const object = newAttributes()
  forEachIn(fieldsOf(held), 'values', (item) => readKeyValue(item, depth + 1, object))
  return object
}

function readBytes(held: unknown): Uint8Array {
  return bytesOfBase64(readText(held))
}
