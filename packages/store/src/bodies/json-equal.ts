import type { JsonObject, JsonValue, Message, MessagePart } from '@tracellm/core'

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

/** Whether two messages are the same body; `jsonEqual` for a shape that is known. */
export function isSameMessage(one: Message, other: Message): boolean {
  if (one === other) return true
  if (one.role !== other.role || one.name !== other.name || one.parts.length !== other.parts.length) return false
  for (let index = 0; index < one.parts.length; index++) {
    if (!isSamePart(one.parts[index]!, other.parts[index]!)) return false
  }
  return true
}

function isSamePart(one: MessagePart, other: MessagePart): boolean {
  if (one.type === 'text' && other.type === 'text') return one.text === other.text
  return jsonEqual(one as unknown as JsonValue, other as unknown as JsonValue)
}
