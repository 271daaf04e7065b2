import type { JsonObject, JsonValue } from '@tracellm/core'

/**
 * Whether two values have the same canonical JSON: the same content, with keys in the same order. Far quicker than
 * writing both, because long texts are compared as they lie.
 */
export function jsonEqual(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false
    for (let index = 0; index < left.length; index++) if (!jsonEqual(left[index], right[index])) return false
    return true
  }
  if (Array.isArray(right)) return false
  const keys = Object.keys(left)
  const otherKeys = Object.keys(right)
  if (keys.length !== otherKeys.length) return false
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!
    if (key !== otherKeys[index]) return false
    if (!jsonEqual((left as JsonObject)[key], (right as JsonObject)[key])) return false
  }
  return true
}

/** Whether the JSON of a value is longer than so many characters, told without writing it. */
export function isLongerThan(value: JsonValue, length: number): boolean {
  return lengthUpTo(value, length) > length
}

/** The length of the JSON, give or take escapes; counting stops once it is past the limit. */
function lengthUpTo(value: JsonValue, limit: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 5
  let length = 2
  if (Array.isArray(value)) {
    for (const item of value as readonly JsonValue[]) {
      length += lengthUpTo(item, limit - length) + 1
      if (length > limit) break
    }
    return length
  }
  for (const key of Object.keys(value)) {
    length += key.length + 4 + lengthUpTo((value as JsonObject)[key]!, limit - length)
    if (length > limit) break
  }
  return length
}
