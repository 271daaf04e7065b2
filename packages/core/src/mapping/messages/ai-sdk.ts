import { jsonText } from '../../json/json-text.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { MessagePart } from '../../span/message.ts'
import { jsonOrText } from '../parse-json.ts'
import { anyField, listField, textField } from './fields.ts'
import { conversation, defaultRole, type ReadContent, type ShapeReader } from './message-shape.ts'
import { readParts } from './parts/read-parts.ts'
import { areMessages, looksLikeMessage, messageOf, readMessage, readMessages } from './read-message.ts'
import { requestContent } from './request.ts'

/**
 * The AI SDK, and Mastra which is like it. Input: `ai.prompt.messages`, or `{ system, prompt, messages }`. Output: an
 * object put together from `ai.response.*`, in the order in which the SDK sends such a message again.
 */
export const readAiSdk: ShapeReader = (value, side) => {
  if (typeof value === 'string') return conversation([messageOf(defaultRole[side], readParts(value))])
  if (areMessages(value)) return conversation(readMessages(value, defaultRole[side]))
  if (looksLikeMessage(value)) return conversation(readMessage(value, defaultRole[side]))
  if (!isJsonObject(value)) return undefined
  return side === 'input' ? readPrompt(value) : readAnswer(value)
}

function readPrompt(body: JsonObject): ReadContent | undefined {
  const field = body.messages === undefined || body.messages === null ? 'prompt' : 'messages'
  const prompt = jsonOrText(body[field] ?? null)
  const messages = typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : (prompt ?? [])
  if (!areMessages(messages) && !(isJsonArray(messages) && messages.length === 0)) return undefined
  const read = requestContent(body, readMessages(messages as readonly JsonObject[], 'user'), field)
  return read.content.form === 'messages' && read.content.messages.length > 0 ? read : undefined
}

function readAnswer(answer: JsonObject): ReadContent | undefined {
  const parts = answerParts(answer)
  if (parts.length === 0) return undefined
  return conversation([messageOf('assistant', parts)], {
    finishReasons: [answer.finishReason],
    body: answer,
    usedFields: ['text', 'reasoning', 'reasoningText', 'toolCalls', 'files', 'object', 'finishReason'],
  })
}

function answerParts(answer: JsonObject): readonly MessagePart[] {
  const reasoning = jsonOrText(anyField(answer, 'reasoning', 'reasoningText') ?? '')
  const calls = jsonOrText(anyField(answer, 'toolCalls') ?? [])
  return [
    ...readParts(typeof reasoning === 'string' ? { type: 'reasoning', text: reasoning } : reasoning),
    ...readParts(textField(answer, 'text') || generatedText(answer)),
    ...readParts(listField(answer, 'files')),
    ...readParts(
      isJsonArray(calls) ? calls.map((call) => (isJsonObject(call) ? { ...call, type: 'tool-call' } : call)) : calls,
    ),
  ]
}

/** A generated object is a text the model wrote, and comes back as that text in the next call. */
function generatedText(answer: JsonObject): JsonValue | undefined {
  const object = anyField(answer, 'object')
  return object === undefined || typeof object === 'string' ? object : jsonText(object)
}
