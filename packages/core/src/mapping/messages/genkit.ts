import { isJsonObject } from '../../json/json-value.ts'
import { anyField } from './fields.ts'
import { conversation, type ShapeReader } from './message-shape.ts'
import { looksLikeMessage, readMessage } from './read-message.ts'
import { readRequest } from './request.ts'

/** Genkit: `{ messages, tools, config }` and `{ message, finishReason }`; Ollama answers like it. Flows take any value. */
export const readGenkit: ShapeReader = (value) => {
  if (!isJsonObject(value)) return undefined
  if (!looksLikeMessage(value.message)) return readRequest(value)
  return conversation(readMessage(value.message, 'assistant'), {
    finishReasons: [anyField(value, ...reasonFields)],
    body: value,
    usedFields: ['message', ...reasonFields],
  })
}

const reasonFields = ['finishReason', 'finish_reason', 'done_reason']
