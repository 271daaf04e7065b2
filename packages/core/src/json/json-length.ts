import { isJsonArray, type JsonValue } from './json-value.ts'

/** Whether the JSON of a value is longer than so many characters, told without writing it. */
export function isJsonLongerThan(value: JsonValue, length: number): boolean {
  return lengthUpTo(value, length) > length
}

/**
 * The length of the JSON, give or take escapes; counting stops once it is past the limit. Every level takes two
 * characters at least, so the limit bounds the depth of the recursion as well.
 */
function lengthUpTo(value: JsonValue, limit: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 5
  let length = 2
  if (isJsonArray(value)) {
    for (const item of value) {
      if (length > limit) break
      length += lengthUpTo(item, limit - length) + 1
    }
    return length
  }
  for (const key of Object.keys(value)) {
    if (length > limit) break
    length += key.length + 4 + lengthUpTo(value[key]!, limit - length)
  }
  return length
}
