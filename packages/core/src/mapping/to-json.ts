import type { JsonObject, JsonValue } from '../json/json-value.ts'
import { newAttributes, type Attributes, type AttributeValue } from '../otlp/any-value.ts'

/**
 * An attribute as JSON: whole numbers beyond ±2^53 as decimal text, bytes as base64 text, "no value" as null in a list
 * and as a missing key elsewhere. What is JSON already is given back as it is.
 */
export function toJson(value: AttributeValue): JsonValue | undefined {
  switch (typeof value) {
    case 'bigint':
      return value.toString()
    case 'object':
      if (value instanceof Uint8Array) return base64(value)
      if (isJson(value)) return value as JsonValue
      return isList(value) ? value.map((item) => toJson(item) ?? null) : toJsonObject(value)
    default:
      return value
  }
}

/** The same of all attributes. */
export function toJsonObject(attributes: Attributes): JsonObject {
  const json = newJsonObject()
  for (const key in attributes) setJson(json, key, attributes[key])
  return json
}

/** A JSON object while it is filled. It has no prototype, so that no key means anything but itself. */
export type JsonInMaking = { [key: string]: JsonValue }

export function newJsonObject(): JsonInMaking {
  return newAttributes() as JsonInMaking
}

/** Sets a key, unless the value is none. */
export function setJson(object: JsonInMaking, key: string, value: AttributeValue): void {
  const json = toJson(value)
  if (json !== undefined) object[key] = json
}

function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value)
}

function isJson(value: AttributeValue): boolean {
  if (typeof value === 'bigint' || value === undefined || value instanceof Uint8Array) return false
  if (typeof value !== 'object') return true
  if (isList(value)) return value.every(isJson)
  for (const key in value) if (!isJson(value[key])) return false
  return true
}

// Characters are made a piece at a time: one call takes no more arguments than a stack holds.
const pieceBytes = 8192

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    text += String.fromCharCode(...bytes.subarray(start, start + pieceBytes))
  }
  return btoa(text)
}
