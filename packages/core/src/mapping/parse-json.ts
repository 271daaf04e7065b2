import { isJsonArray, type JsonValue } from '../json/json-value.ts'
import { GrowingLists } from './growing-lists.ts'

/** Deeper JSON stays the text it is: some thousand levels would exhaust the stack of whoever writes it again. */
const maxDepth = 64

/**
 * The value of a JSON text that starts with `{`, `[` or `"`; a text within the text is parsed again, as some clients
 * encode twice. A plain word or number is no JSON here, so that the text `18` stays a text.
 * @returns `undefined` when the text is no such JSON, or is nested too deep.
 */
export function parseJson(text: string): JsonValue | undefined {
  if (text.length >= minRememberedLength && text.startsWith('[')) return lists.parse(text)
  let value = parseOnce(text)
  for (let again = 0; again < 3 && typeof value === 'string'; again++) {
    const inner = parseOnce(value)
    if (inner === undefined) break
    value = inner
  }
  return value === undefined || isDeeperThan(value, maxDepth) ? undefined : value
}

/** Shorter lists are parsed before they are looked up. */
const minRememberedLength = 1024
const lists = new GrowingLists((item) => !isDeeperThan(item, maxDepth - 1))

/** The value of the text if it is JSON, else the text. */
export function jsonOrText(value: JsonValue): JsonValue {
  return typeof value === 'string' ? (parseJson(value) ?? value) : value
}

function parseOnce(text: string): JsonValue | undefined {
  if (!/^\s*[{["]/.test(text)) return undefined
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  if (isJsonArray(value)) {
    for (const item of value) if (isDeeperThan(item, levels - 1)) return true
  } else {
    for (const key in value) if (isDeeperThan(value[key]!, levels - 1)) return true
  }
  return false
}
