import { isJsonArray, isJsonObject, type JsonValue } from '@tracellm/core'
import { formatCount } from '@tracellm/core/format'

export interface JsonEntry {
  /** The key, or the place in a list. */
  readonly name: string
  readonly value: JsonValue
}

/** What is inside a value, from `start` on, at most `count` of it; empty for a value with nothing inside. */
export function jsonEntries(value: JsonValue, start: number, count: number): JsonEntry[] {
  if (isJsonArray(value)) {
    return value.slice(start, start + count).map((item, index) => ({ name: String(start + index), value: item }))
  }
  if (!isJsonObject(value)) return []
  return Object.keys(value)
    .slice(start, start + count)
    .map((name) => ({ name, value: value[name]! }))
}

export function jsonSize(value: JsonValue): number {
  if (isJsonArray(value)) return value.length
  return isJsonObject(value) ? Object.keys(value).length : 0
}

/** What a closed value says of itself: `{ 3 keys }`, `[ 1,204 items ]`; an empty one is written out. */
export function jsonOutline(value: JsonValue): string {
  const size = jsonSize(value)
  if (isJsonArray(value)) return size === 0 ? '[]' : `[ ${counted(size, 'item')} ]`
  return size === 0 ? '{}' : `{ ${counted(size, 'key')} }`
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
