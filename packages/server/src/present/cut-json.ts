import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '@tracellm/core'

/**
 * As much of a JSON value as fits into about `maxBytes`, in the same shape: what is cut is still a message, an object,
 * a list. Texts end in an ellipsis where they were cut; items and keys beyond the limit are missing.
 */
export function cutJson<Value extends JsonValue>(value: Value, maxBytes: number): Value {
  return cutValue(value, { bytes: maxBytes }) as Value
}

/** What is left to be filled. */
interface Room {
  bytes: number
}

function cutValue(value: JsonValue, room: Room): JsonValue {
  if (typeof value === 'string') return cutString(value, room)
  if (isJsonArray(value)) return cutArray(value, room)
  if (isJsonObject(value)) return cutObject(value, room)
  room.bytes -= String(value).length
  return value
}

function cutArray(items: readonly JsonValue[], room: Room): JsonValue[] {
  const kept: JsonValue[] = []
  for (const item of items) {
    if (room.bytes <= 0) break
    room.bytes -= 1
    kept.push(cutValue(item, room))
  }
  return kept
}

function cutObject(object: JsonObject, room: Room): JsonObject {
  const kept: [string, JsonValue][] = []
  for (const [key, value] of Object.entries(object)) {
    if (room.bytes <= 0) break
    room.bytes -= Buffer.byteLength(key) + 4
    kept.push([key, cutValue(value, room)])
  }
  return Object.fromEntries(kept)
}

function cutString(text: string, room: Room): string {
  const bytes = Buffer.byteLength(text)
  const fitting = Math.max(room.bytes - 2, 0)
  room.bytes -= bytes + 2
  return bytes <= fitting ? text : `${startOfText(text, fitting)}…`
}

/** The first bytes of the text in UTF-8, up to the last code point that is whole. */
function startOfText(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes))
  return text.slice(0, read)
}
