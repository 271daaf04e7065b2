import { isJsonArray, isJsonObject, type JsonValue } from '../../json/json-value.ts'
import { conversation, defaultRole, type ShapeReader } from './message-shape.ts'
import { isKnownPart, readParts } from './parts/read-parts.ts'
import { areMessages, looksLikeMessage, messageOf, readMessage, readMessages } from './read-message.ts'
import { readRequest } from './request.ts'

/** Anthropic: requests with `system` beside the messages, responses that are one message, lists of messages or blocks. */
export const readAnthropic: ShapeReader = (value, side) => {
  if (areMessages(value)) return conversation(readMessages(value, defaultRole[side]))
  if (isJsonArray(value)) {
    return isBlocks(value) ? conversation([messageOf(defaultRole[side], readParts(value))]) : undefined
  }
  if (!looksLikeMessage(value)) return isJsonObject(value) ? readRequest(value) : undefined
  return conversation(readMessage(value, defaultRole[side]), {
    finishReasons: [value.stop_reason],
    ...(value.type === 'message' && { body: value, usedFields: ['type', 'role', 'content', 'stop_reason'] }),
  })
}

/** Blocks without a message around them. A list of pictures or documents alone may be anything. */
function isBlocks(list: readonly JsonValue[]): boolean {
  const isTyped = list.every((item) => isJsonObject(item) && typeof item.type === 'string' && isKnownPart(item))
  return isTyped && readParts(list).some(({ type }) => type !== 'media' && type !== 'other')
}
