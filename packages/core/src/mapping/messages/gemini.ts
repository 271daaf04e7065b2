import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../json/json-value.ts'
import type { Message, MessagePart } from '../../span/message.ts'
import { anyField, listField, objectField } from './fields.ts'
import { conversation, defaultRole, type ReadContent, type ShapeReader } from './message-shape.ts'
import { messageOf, readMessage, readMessages } from './read-message.ts'
import { requestContent } from './request.ts'

/**
 * Gemini: `{ contents, systemInstruction, tools }` and `{ candidates: [{ content, finishReason }] }`, a list of the
 * latter where it was streamed, and `{ content }` alone as ADK writes an answer.
 */
export const readGemini: ShapeReader = (value, side) => {
  if (isJsonArray(value)) {
    if (value.length > 0 && value.every(hasCandidates)) return readCandidates(value)
    return value.length > 0 && value.every(isContent) ? conversation(readMessages(value, defaultRole[side])) : undefined
  }
  if (!isJsonObject(value)) return undefined
  if (value.contents !== undefined) return readContents(value)
  if (hasCandidates(value)) return readCandidates([value])
  const content = objectField(value, 'content') ?? value
  return isContent(content)
    ? conversation(readMessage(content, defaultRole[side]), {
        finishReasons: [anyField(value, 'finishReason', 'finish_reason')],
        body: content === value ? {} : value,
        usedFields: ['content', 'finishReason', 'finish_reason'],
      })
    : undefined
}

/** `contents` is a text, a content, or a list of contents and texts. */
function readContents(body: JsonObject): ReadContent | undefined {
  const contents = isJsonArray(body.contents) ? body.contents : [body.contents ?? null]
  if (contents.length === 0 || !contents.every((item) => typeof item === 'string' || isContent(item))) return undefined
  const messages = contents.map((item) => (typeof item === 'string' ? { role: 'user', content: item } : item))
  return requestContent(body, readMessages(messages, 'user'), 'contents')
}

function isContent(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && isJsonArray(value.parts)
}

function hasCandidates(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && (listField(value, 'candidates')?.every(isJsonObject) ?? false)
}

/** One message a candidate. Pieces of a stream are one answer: its parts in order, a text going on where it stopped. */
function readCandidates(responses: readonly JsonObject[]): ReadContent {
  const candidates = responses.flatMap((response) => listField(response, 'candidates') as readonly JsonObject[])
  const answers = candidates.flatMap((candidate) => readMessage(objectField(candidate, 'content') ?? {}, 'assistant'))
  const messages = responses.length === 1 ? answers : [messageOf('assistant', joinTexts(answers))]
  const last = responses.at(-1)!
  return conversation(messages, {
    finishReasons: candidates.map((candidate) => anyField(candidate, 'finishReason', 'finish_reason')),
    body: last,
    usedFields: ['candidates'],
  })
}

function joinTexts(pieces: readonly Message[]): readonly MessagePart[] {
  const parts: MessagePart[] = []
  for (const part of pieces.flatMap((piece) => piece.parts)) {
    const before = parts.at(-1)
    const goesOn = (part.type === 'text' || part.type === 'reasoning') && before?.type === part.type
    if (goesOn) parts[parts.length - 1] = { ...part, text: before.text + part.text }
    else parts.push(part)
  }
  return parts
}
