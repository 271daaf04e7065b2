import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'

// The names asked for are those of dialects, and none of them is a name that every object inherits.

/** The first of the fields that is there and not null. */
export function anyField(object: JsonObject, ...names: readonly string[]): JsonValue | undefined {
  for (const name of names) {
    const value = object[name]
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** The first of the fields that is a text. */
export function textField(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = object[name]
    if (typeof value === 'string') return value
  }
  return undefined
}

export function objectField(object: JsonObject, ...names: readonly string[]): JsonObject | undefined {
  const value = anyField(object, ...names)
  return isJsonObject(value) ? value : undefined
}

export function listField(object: JsonObject, ...names: readonly string[]): readonly JsonValue[] | undefined {
  const value = anyField(object, ...names)
  return isJsonArray(value) ? value : undefined
}
