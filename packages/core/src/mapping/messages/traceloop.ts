import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import { jsonOrText } from '../parse-json.ts'
import { conversation, defaultRole, type ShapeReader } from './message-shape.ts'
import { isKnownPart } from './parts/read-parts.ts'
import { readMessage } from './read-message.ts'

/**
 * OpenLLMetry's flattened messages, put together again: `gen_ai.prompt` as `[{ role, content, tool_calls }]`. The
 * content is a text, a list of parts as JSON text, or the word `null` where a call of tools has no text.
 */
export const readTraceloop: ShapeReader = (value, side) => {
  const list = isJsonArray(value) ? value : [value]
  if (list.length === 0 || !list.every(isFlattened)) return undefined
  const messages = list.flatMap((item) =>
    readMessage({ ...item, content: contentOf(item.content ?? null) }, defaultRole[side]),
  )
  return conversation(messages, { finishReasons: list.map((item) => item.finish_reason) })
}

function isFlattened(item: JsonValue): item is JsonObject {
  return isJsonObject(item) && fields.some((field) => Object.hasOwn(item, field))
}

const fields = ['role', 'content', 'tool_calls', 'function_call', 'reasoning', 'finish_reason']

function contentOf(content: JsonValue): JsonValue {
  if (content === 'null') return null
  const parsed = jsonOrText(content)
  return isJsonArray(parsed) && parsed.length > 0 && parsed.every(isKnownPart) ? parsed : content
}
