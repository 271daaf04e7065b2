import { cutMarker, isInt64, isList, maxDepth, type Attributes, type AttributeValue } from '../any-value.ts'
import { base64 } from './base64.ts'

/** A list of KeyValue; `undefined` when there is none, so that JSON leaves the key out. */
export function keyValues(attributes: Attributes, depth = 0): object[] | undefined {
  const list: object[] = []
  for (const key of Object.keys(attributes)) {
    const value = attributes[key]
    if (value !== undefined) list.push({ key: key.toWellFormed(), value: anyValue(value, depth) })
  }
  return list.length === 0 ? undefined : list
}

/** An AnyValue. Whole numbers that a number holds exactly are integers, as on the way in. */
export function anyValue(value: AttributeValue, depth = 0): object {
  switch (typeof value) {
    case 'string':
      return { stringValue: value.toWellFormed() }
    case 'boolean':
      return { boolValue: value }
    case 'number':
      return numberValue(value)
    case 'bigint':
      return isInt64(value) ? { intValue: `${value}` } : { stringValue: `${value}` }
    case 'object':
      return depth === maxDepth && !(value instanceof Uint8Array)
        ? { stringValue: cutMarker }
        : nestedValue(value, depth)
    default:
      return {}
  }
}

function numberValue(value: number): object {
  if (Number.isSafeInteger(value)) return { intValue: `${value}` }
  return Number.isFinite(value) ? { doubleValue: value } : {}
}

function nestedValue(value: Uint8Array | readonly AttributeValue[] | Attributes, depth: number): object {
  if (value instanceof Uint8Array) return { bytesValue: base64(value) }
  if (isList(value)) return { arrayValue: { values: value.map((item) => anyValue(item, depth + 1)) } }
  return { kvlistValue: { values: keyValues(value, depth + 1) } }
}
