import { isJsonObject } from '../../json/json-value.ts'
import { objectField } from './fields.ts'
import { conversation, defaultRole, type ShapeReader } from './message-shape.ts'
import { areMessages, looksLikeMessage, readMessage, readMessages } from './read-message.ts'
import { readRequest } from './request.ts'

/** Bedrock's Converse: `{ system, messages, toolConfig }` and `{ output: { message }, stopReason }`. */
export const readBedrock: ShapeReader = (value, side) => {
  if (areMessages(value)) return conversation(readMessages(value, defaultRole[side]))
  if (!isJsonObject(value)) return undefined
  const message = objectField(value, 'output')?.message
  if (!looksLikeMessage(message)) return readRequest(value)
  return conversation(readMessage(message, 'assistant'), {
    finishReasons: [value.stopReason],
    body: value,
    usedFields: ['output', 'stopReason'],
  })
}
